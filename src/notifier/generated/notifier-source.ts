/** Generated from src/notifier/rocketchat/script.ts by `UPDATE=1 npx vitest run test/unit/notifier/built.test.ts`. */
export const NOTIFIER_SOURCE = `"use strict";var notifier=(()=>{var __defProp=Object.defineProperty;var __getOwnPropDesc=Object.getOwnPropertyDescriptor;var __getOwnPropNames=Object.getOwnPropertyNames;var __hasOwnProp=Object.prototype.hasOwnProperty;var __export=(target,all)=>{for(var name in all)__defProp(target,name,{get:all[name],enumerable:!0})},__copyProps=(to,from,except,desc)=>{if(from&&
typeof from=="object"||typeof from=="function")for(let key of __getOwnPropNames(from))!__hasOwnProp.call(to,key)&&key!==except&&__defProp(to,
key,{get:()=>from[key],enumerable:!(desc=__getOwnPropDesc(from,key))||desc.enumerable});return to};var __toCommonJS=mod=>__copyProps(__defProp({},"__esModule",{value:!0}),mod);var script_exports={};__export(script_exports,{answer:()=>answer});var HIDDEN=/[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200c\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]+/g,TOKENS=/(?:chatops-hook|gl(?:pat|oas|dt|rtr?|cbt|ptt|ft|imt|agent|wt|soat|ffct))-[\\w.-]{14,}/g,
PARAMETERS=/((?:private|job|access|feed|rss)[_-]token["']?\\s*[=:]\\s*["']?)[^\\s"'&]+/gi;var withoutTokens=text2=>text2.replace(TOKENS,"\\u2022\\u2022\\u2022").replace(PARAMETERS,"$1\\u2022\\u2022\\u2022"),isHalf=char=>/^[\\ud800-\\udfff]$/.
test(char),clean=(value,limit)=>{let line=withoutTokens(value.slice(0,limit*8+64).replace(HIDDEN," ").replace(/\\s+/g," ").trim()),chars=Array.
from(line,char=>isHalf(char)?"\\uFFFD":char);return chars.length>limit?\`\${chars.slice(0,limit-1).join("").trimEnd()}\\u2026\`:chars.join("")},linesOf=value=>value.
slice(0,2e4).split(/\\r\\n?|\\n/),firstLine=value=>linesOf(value).find(line=>line.trim()!=="")??"",LIMITS={name:60,title:120,ref:100,path:120,quote:400,
status:40};var words=text2=>({kind:"words",text:text2}),outside=text2=>({kind:"text",text:text2}),code=text2=>({kind:"code",text:text2}),link=(text2,url)=>({
kind:"link",text:text2,url}),joined=(parts,separator)=>parts.flatMap((part,index)=>index===0?part:[words(separator),...part]);var asLine=part=>typeof part=="string"?part===""?[]:[outside(part)]:"kind"in part?[part]:part,fill=(template2,parts)=>template2.split(/(\\{\\w+\\})/).
flatMap(bit=>{if(bit==="")return[];let part=/^\\{\\w+\\}$/.test(bit)?parts[bit.slice(1,-1)]:void 0;return part===void 0?[words(bit)]:asLine(part)});var NOTHING={},record=value=>typeof value=="object"&&value!==null&&!Array.isArray(value)?value:NOTHING,at=(value,...path)=>path.reduce((found,key)=>{
let fields=record(found);return Object.hasOwn(fields,key)?fields[key]:void 0},value),list=value=>Array.isArray(value)?value:[],text=value=>typeof value==
"string"?value:typeof value=="number"&&Number.isFinite(value)?String(value):"",firstText=(...values)=>{for(let value of values)if(text(value).
trim()!=="")return text(value);return""},whole=value=>{let written=text(value);return/^\\d{1,15}$/.test(written)?Number(written):void 0},amount=value=>typeof value==
"number"&&Number.isFinite(value)&&value>=0?value:void 0,isSet=value=>value!=null&&value!==!1&&value!==0&&value!==""&&value!=="false";var WEB=/^(https?):\\/\\/([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(:\\d{1,5})?(?:([/?#])(.*))?$/,hex=byte=>\`%\${byte.toString(16).toUpperCase().
padStart(2,"0")}\`,encoded=rest=>rest.replace(/[^A-Za-z0-9\\-._/?#=&%+,;:]/gu,char=>{let code2=char.codePointAt(0)??0;return code2<128?hex(code2):
code2>=55296&&code2<=57343?"":encodeURIComponent(char)}),SECRETS=/([?&])(?:private|job|access|feed|rss)_token=[^&#]*&?/gi,withoutSecrets=url=>url.
replace(SECRETS,"$1"),hostOf=url=>url.length>400?void 0:WEB.exec(url)?.[2]?.toLowerCase(),webAddress=url=>{if(url.length>400)return;let[,scheme,
host,port="",start="",rest=""]=WEB.exec(url)??[];return scheme===void 0||host===void 0?void 0:\`\${scheme}://\${host}\${port}\${encoded(withoutSecrets(
\`\${start}\${rest}\`))}\`.replace(/[.,;:?#&]+$/,"")};var LONGEST=1e3,urlOf=project2=>firstText(at(project2,"web_url"),at(project2,"homepage")),GROUP_PAGE=/^(https?:\\/\\/[^?#]*?\\/groups\\/([\\w./-]+?))\\/-\\//,
PROJECT_PAGE=/^(https?:\\/\\/[^/?#]+\\/([\\w.-]+(?:\\/[\\w.-]+)+?))\\/-\\//,HOME_PAGE=/^https?:\\/\\/[^/?#]+\\/([\\w.-]+(?:\\/[\\w.-]+)+)\\/?$/,addressesIn=payload=>[
at(payload,"object_attributes","url"),at(payload,"object_attributes","awarded_on_url"),at(payload,"issue","url"),at(payload,"merge_request",
"url"),payload.url].map(address=>text(address).slice(0,LONGEST)),ofAddress=address=>{let[,url,path]=GROUP_PAGE.exec(address)??PROJECT_PAGE.exec(
address)??[];return url===void 0||path===void 0?void 0:{path,url,shown:path}},ofHomePage=payload=>{let url=firstText(urlOf(payload.project),
urlOf(payload.repository)).slice(0,LONGEST),path=HOME_PAGE.exec(url)?.[1];return path===void 0?void 0:{path,url,shown:path}},projectsIn=payload=>[
payload.project,at(payload,"object_attributes","target"),at(payload,"merge_request","target")],ofProject=payload=>{for(let project2 of projectsIn(
payload)){let path2=text(at(project2,"path_with_namespace"));if(path2!=="")return{path:path2,url:firstText(urlOf(project2),urlOf(payload.repository)),
shown:path2}}let path=firstText(payload.path_with_namespace,payload.project_path_with_namespace);return path===""?void 0:{path,url:"",shown:path}},
ofGroup=payload=>{let{group}=payload,path=firstText(at(group,"full_path"),payload.full_path,at(group,"group_path"),at(group,"path"),payload.
group_path);return path===""?void 0:{path,url:text(at(group,"web_url")),shown:path}},ofName=payload=>{let project2=payload.project,name=firstText(
at(project2,"name"),payload.project_name,at(payload,"repository","name"),at(payload,"group","group_name"),payload.group_name);return{path:"",
url:firstText(urlOf(project2),urlOf(payload.repository)),shown:name}},whereOf=payload=>{let group=ofGroup(payload),addressed=addressesIn(payload).
flatMap(address=>ofAddress(address)??[]),page=addressed.find(({path})=>path===group?.path);return ofProject(payload)??page??group??ofHomePage(
payload)??addressed[0]??ofName(payload)};var own=(map,key)=>{let found=at(map,key);return typeof found=="string"&&found!==""?found:void 0},person=(name,username,{settings,words:w,actor})=>{
let login=text(username),shown=clean(firstText(name,username),LIMITS.name);if(shown==="")return words(w.someone);let chatName=login===""||login===
actor?void 0:own(settings.people,login);return chatName===void 0?{kind:"person",name:shown}:{kind:"person",name:shown,chatName}},someone=(user2,context)=>person(
at(user2,"name"),at(user2,"username"),context),newsToAll=context=>({...context,actor:""}),grouped=(value,{thousands})=>String(value).replace(
/\\B(?=(\\d{3})+$)/g,thousands),counted=(value,forms,w)=>(w.isOne(value)?forms[0]:forms[1]).replace("{count}",grouped(value,w)),listed=(all,shown,show,w)=>{
let rest=all.length-shown,line=joined(all.slice(0,shown).map(show),", ");return rest>0?[...line,words(\` \${counted(rest,w.others,w)}\`)]:line},
PEOPLE=5,people=(users,context)=>listed(list(users),PEOPLE,user2=>[someone(user2,context)],context.words),projectUrl=payload=>whereOf(payload).
url,projectPath=payload=>clean(whereOf(payload).shown,LIMITS.path),pageAt=(path,{instance})=>instance===""||!/^[\\w.-]+(?:\\/[\\w.-]+)*$/.test(
path)?"":\`\${instance}/\${path}\`,project=(payload,context)=>{let{path,url}=whereOf(payload),shown=projectPath(payload);return shown===""?words(
context.words.someProject):link(shown,firstText(url,pageAt(path,context)))},bareRef=ref=>text(ref).replace(/^refs\\/(heads|tags)\\//,""),shortRef=ref=>clean(
bareRef(ref),LIMITS.ref),refPiece=ref=>code(shortRef(ref)||"?"),refLink=(payload,ref,page)=>{let shown=shortRef(ref),base=projectUrl(payload);
if(base===""||shown===""||shown!==bareRef(ref))return refPiece(ref);let address=\`\${base}/-/\${page}/\${shown.split("/").map(encodeURIComponent).
join("/")}\`;return webAddress(address)===void 0?refPiece(ref):link(shown,address)},shortSha=sha=>clean(text(sha),40).slice(0,8),day=(value,w)=>{
let written=text(value),[,year,month,date]=/^(\\d{4})-(0[1-9]|1[0-2])-([0-2]\\d|3[01])/.exec(written)??[];return year===void 0?clean(written,LIMITS.
status):w.date(Number(year),Number(month),Number(date))},numbered=(sign,item,url,title)=>{let address=firstText(url,at(item,"url")),iid=whole(
at(item,"iid"))??whole(/\\/(?:issues|epics|work_items|merge_requests)\\/(\\d+)/.exec(address)?.[1]),shown=clean(text(title),LIMITS.title),number=iid===
void 0?"":\`\${sign}\${iid}\`;return link([number,shown].filter(part=>part!=="").join(" ")||"?",address)},pageOf=(payload,kind)=>{let item=at(payload,
"object_attributes"),iid=whole(at(item,"iid")),base=projectUrl(payload),built=iid===void 0||base===""?"":\`\${base}/-/\${kind}/\${iid}\`;return firstText(
at(item,"url"),built)},commitTitle=commit2=>clean(firstText(at(commit2,"title"),firstLine(text(at(commit2,"message")))),LIMITS.title),commitLine=commit2=>{
let sha=shortSha(firstText(at(commit2,"id"),at(commit2,"sha"))),title=commitTitle(commit2),start=link(sha||"?",text(at(commit2,"url")));return title===
""?[start]:[start,words(" "),outside(title)]},field=(title,value)=>value.length===0?[]:[{title,value}],textField=(title,value,limit=LIMITS.title)=>{
let shown=clean(text(value),limit);return shown===""?[]:field(title,[outside(shown)])},knownField=(title,value,known)=>{let found=pick(known,
text(value).toLowerCase().replace(/ /g,"_"));return found===void 0?textField(title,value,LIMITS.name):field(title,[words(found)])},begun=line=>{
let[first,...rest]=line;return first?.kind==="words"?[words(first.text.charAt(0).toUpperCase()+first.text.slice(1)),...rest]:line},sentence=(template2,parts)=>template2.
startsWith("{")?begun(fill(template2,parts)):fill(template2,parts),say=(template2,parts,{tone="plain",details=[],fields=[]}={})=>({line:sentence(
template2,parts),tone,details,fields}),described=(message,more={})=>({message,...more}),pick=(table,key)=>Object.hasOwn(table,key)?table[key]:
void 0,unknownAction=(action,{words:w})=>{let name=clean(text(action),LIMITS.status);return name===""?words(w.news):code(name)};var kindOf=({payload})=>text(at(payload,"object_kind"))||text(at(payload,"event_name")),nameOf=event=>kindOf(event)||event.header.toLowerCase().
replace(/ hook$/,"").replace(/[^a-z]+/g,"_").slice(0,60);var LINES=8,withoutComments=value=>value.replace(/<!--[\\s\\S]*?(?:-->|$)/g,""),isFence=line=>/^\\s*(?:\`\`\`|~~~)/.test(line),START={lines:[],left:LIMITS.
quote,inCode:!1,isCut:!1},withLine=(quoted,line)=>{if(quoted.isCut)return quoted;if(isFence(line))return{...quoted,inCode:!quoted.inCode};let whole2=clean(
line,quoted.left+1);if(whole2==="")return quoted;if(quoted.lines.length===LINES||quoted.left===0)return{...quoted,isCut:!0};let shown=clean(
line,quoted.left),piece=quoted.inCode?code(shown):outside(shown),left=quoted.left-Array.from(shown).length;return{...quoted,lines:[...quoted.
lines,[words("> "),piece]],left,isCut:shown!==whole2}},quote=value=>{let all=linesOf(withoutComments(text(value).slice(0,2e4))),{lines,isCut,
left}=all.reduce(withLine,START);return isCut&&left>0?[...lines,[words("> "),words("\\u2026")]]:lines};var span=(seconds,day2="d")=>{let total=Math.round(seconds),units=[[Math.floor(total/86400),day2],[Math.floor(total%86400/3600),"h"],[Math.floor(
total%3600/60),"min"],[total%60,"s"]],first=units.findIndex(([value])=>value>0);return first<0?"0 s":units.slice(first,first+2).filter(([value])=>value>
0).map(([value,unit])=>\`\${value} \${unit}\`).join(" ")};var OUTCOMES={success:"succeeded",failed:"failed",canceled:"other"},ON_THE_WAY=["created","waiting_for_resource","waiting_for_callback","pre\\
paring","pending","running","canceling","manual","scheduled","skipped","blocked"],outcomeOf=status=>pick(OUTCOMES,status)??(ON_THE_WAY.includes(
status)?"intermediate":"other"),toneOf=status=>status==="success"?"good":status==="failed"?"bad":status==="canceled"?"warning":"plain",statusPart=(status,{
words:w})=>{let known=pick(w.statuses,status);return known===void 0?code(clean(status,LIMITS.status)||"?"):words(known)},timePart=(duration,{
words:w})=>{let seconds=amount(duration);return seconds===void 0||seconds===0?[]:fill(w.time,{duration:{kind:"words",text:span(seconds,w.day)}})},
audience=(status,context)=>outcomeOf(status)==="intermediate"?context:newsToAll(context),starterPart=(user2,status,context)=>someone(user2,audience(
status,context)),byPart=(user2,status,context)=>text(at(user2,"name"))===""&&text(at(user2,"username"))===""?[]:fill(context.words.startedBy,
{who:starterPart(user2,status,context)}),templateFor=(table,status,recovered,texts)=>recovered?texts.recovered:pick(table,status)??texts.other;var commitOf=payload=>{let title=clean(text(payload.commit_title),LIMITS.title),sha=shortSha(payload.short_sha);if(sha===""&&title==="")return[];
let start=link(sha||"?",text(payload.commit_url));return title===""?[start]:[start,words(" "),outside(title)]},jobOf=payload=>{let url=text(
payload.deployable_url),id=whole(payload.deployable_id)??whole(/\\/jobs\\/(\\d+)/.exec(url.slice(0,1e3))?.[1]);return id===void 0||url===""?[]:
[link(\`#\${id}\`,url)]},DECISIONS={blocked:{outcome:"asks",tone:"warning"},approved:{outcome:"other",tone:"good"},rejected:{outcome:"asks",tone:"\\
bad"}},outcomeFor=status=>Object.hasOwn(DECISIONS,status)&&DECISIONS[status]!==void 0?DECISIONS[status]:{outcome:outcomeOf(status),tone:toneOf(
status)},fieldsOf=(payload,{words:w})=>[...field(w.fields.commit,commitOf(payload)),...field(w.fields.job,jobOf(payload))],approverOf=payload=>payload.
approver??at(payload,"approval","user")??at(payload,"approval","approver"),isDecided=status=>status==="approved"||status==="rejected",deployment={
topic:"deployment",describe:({payload},given)=>{let status=text(payload.status),approver=isDecided(status)?approverOf(payload):void 0,context=isDecided(
status)?{...given,actor:text(at(approver,"username"))}:given,{words:w}=context,environment=clean(text(payload.environment),LIMITS.name)||"?",
subject=\`deployment \${projectPath(payload)} \${environment}\`,recovered=status==="success"&&context.hadFailed(subject),parts={who:isDecided(status)?
someone(payload.user,context):starterPart(payload.user,status,context),approver:someone(approver,context),project:project(payload,context),environment:link(
environment,text(payload.environment_external_url)),status:statusPart(status,context)},texts={recovered:w.deploymentRecovered,other:w.deploymentOther},
{outcome,tone}=outcomeFor(status),comment=firstText(at(payload,"approval","comment"),payload.approval_comment),message=say(templateFor(w.deployment,
status,recovered,texts),parts,{tone,details:isDecided(status)?quote(comment):[],fields:fieldsOf(payload,context)}),branch=shortRef(payload.ref);
return described(message,{outcome,subject,...branch===""?{}:{branch}})}};var saysConfidential=value=>text(value).toLowerCase().includes("confidential"),isConfidential=({header,payload})=>saysConfidential(header)||
saysConfidential(payload.event_type)||isSet(at(payload,"object_attributes","confidential"))||isSet(at(payload,"object_attributes","internal"))||
isSet(at(payload,"issue","confidential"))||isSet(at(payload,"work_item","confidential"))||isSet(at(payload,"epic","confidential"))||isSet(at(
payload,"note","confidential"))||isSet(at(payload,"note","internal"));var NOUNS={"":"issue",issue:"issue",incident:"incident",task:"task",epic:"epic",requirement:"requirement","test case":"testCase",test_case:"\\
testCase",objective:"objective","key result":"keyResult",key_result:"keyResult",ticket:"ticket"},nounOf=type=>pick(NOUNS,type.toLowerCase())??
"other",signOf=type=>type.toLowerCase()==="epic"?"&":"#";var UNKNOWN="?",labelled=(sign,title)=>[sign,title].filter(part=>part!=="").join(" ")||UNKNOWN,commit=({payload,url})=>{let sha=shortSha(at(
payload,"commit","id"))||shortSha(at(payload,"object_attributes","commit_id"));return{noun:"commit",piece:link(labelled(sha,commitTitle(payload.
commit)),url)}},issue=({payload,url,hidden})=>{let item=payload.issue??payload.work_item??payload.epic,isEpic=payload.epic!==void 0||/\\/epics\\/\\d/.
test(url),type=firstText(at(item,"type"),isEpic?"epic":"");return{noun:nounOf(type),piece:numbered(signOf(type),item,url,hidden?"":at(item,"\\
title"))}},mergeRequest=({payload:{merge_request:item},url,hidden})=>({noun:"merge",piece:numbered("!",item,url,hidden?"":at(item,"title"))}),
snippet=({payload,url,hidden})=>{let item=payload.snippet??payload.project_snippet??payload.personal_snippet,id=whole(at(item,"id")),title=hidden||
isPrivateSnippet(payload)?"":clean(text(at(item,"title")),LIMITS.title);return{noun:"snippet",piece:link(labelled(id===void 0?"":\`$\${id}\`,title),
firstText(url,at(item,"url")))}},design=({payload,url,hidden,position,noteId})=>{let path=firstText(at(position,"new_path"),at(position,"old\\
_path")),[,iid="",file=""]=/^designs\\/issue-(\\d+)\\/([^/]+)$/.exec(path)??[],base=whereOf(payload).url,page=\`\${base}/-/issues/\${iid}/designs/\${encodeURIComponent(
clean(file,LIMITS.path))}\`,address=base===""||file===""?"":\`\${page}\${noteId===void 0?"":\`#note_\${noteId}\`}\`,shown=labelled(hidden?"":clean(file,
LIMITS.title),iid===""?"":\`(#\${iid})\`);return{noun:"design",piece:link(shown,firstText(url,address))}},wikiPage=({payload,url,hidden})=>{let item=firstRecord(
payload,["wiki_page","wiki_page/meta","meta"]),title=hidden?"":clean(firstText(at(item,"title"),at(item,"slug")),LIMITS.title),slug=clean(decoded(
/\\/wikis\\/([^?#]+)/.exec(url)?.[1]??""),LIMITS.title);return{noun:"wiki",piece:link(title||(hidden?"":slug)||UNKNOWN,url)}},vulnerability=({
url})=>{let id=/\\/vulnerabilities\\/(\\d+)/.exec(url)?.[1];return{noun:"vulnerability",piece:link(id===void 0?UNKNOWN:\`#\${id}\`,url)}},decoded=value=>{
try{return decodeURIComponent(value)}catch{return value}},hasRecord=value=>Object.keys(record(value)).length>0,firstRecord=(payload,keys)=>payload[keys.
find(key=>hasRecord(payload[key]))??""],TYPES={Commit:commit,MergeRequest:mergeRequest,Issue:issue,WorkItem:issue,Epic:issue,Snippet:snippet,
ProjectSnippet:snippet,PersonalSnippet:snippet,"DesignManagement::Design":design,"WikiPage::Meta":wikiPage,WikiPage:wikiPage,Vulnerability:vulnerability},
KEYS={commit,merge_request:mergeRequest,issue,work_item:issue,epic:issue,snippet,project_snippet:snippet,wiki_page:wikiPage},targetOf=(type,asked)=>{
let key=Object.keys(KEYS).find(each=>hasRecord(asked.payload[each])),found=(pick(TYPES,type)??(key===void 0?void 0:KEYS[key]))?.(asked);return found?.
piece.kind==="link"&&found.piece.text!==UNKNOWN?found:void 0},PUBLIC=20,isPrivateSnippet=({snippet:one,project_snippet:another,personal_snippet:own2})=>[
one,another,own2].some(each=>hasRecord(each)&&whole(at(each,"visibility_level"))!==PUBLIC);var isOnNote=payload=>Object.keys(record(payload.note)).length>0||at(payload,"object_attributes","awardable_type")==="Note",targetLine=(payload,hidden,{
words:w})=>{let award=at(payload,"object_attributes"),onNote=isOnNote(payload),type=text(onNote?at(payload,"note","noteable_type"):at(award,
"awardable_type")),found=targetOf(type,{payload,url:text(at(award,"awarded_on_url")),hidden,position:at(payload,"note","position"),noteId:whole(
at(payload,"note","id"))});if(found===void 0)return[link(w.to(onNote?w.note.comment:w.something),text(at(award,"awarded_on_url")))];let noun=w.
nouns[found.noun];return[words(\`\${w.to(onNote?w.commentOn.replace("{noun}",noun):noun)} \`),found.piece]},emoji={topic:"emoji",describe:(event,context)=>{
let{payload}=event,{words:w}=context,award=at(payload,"object_attributes"),hidden=isConfidential(event),isRevoked=at(payload,"event_type")===
"revoke"||at(award,"action")==="revoke",parts={who:someone(payload.user,context),emoji:code(clean(text(at(award,"name")),LIMITS.name)||"?"),
target:targetLine(payload,hidden,context),project:project(payload,context)},details=hidden||isPrivateSnippet(payload)?[]:quote(at(payload,"n\\
ote","note"));return described(say(isRevoked?w.emojiRevoke:w.emojiAward,parts,{details}))}};var featureFlag={topic:"feature_flag",describe:({payload},context)=>{let{words:w}=context,flag=at(payload,"object_attributes"),isOn=at(flag,
"active")===!0,parts={who:someone(payload.user,context),flag:code(clean(text(at(flag,"name")),LIMITS.name)||"?"),project:project(payload,context)};
return described(say(isOn?w.flagOn:w.flagOff,parts,{tone:isOn?"good":"warning",details:quote(at(flag,"description"))}))}};var objectPart=(payload,hidden)=>{let item=at(payload,"object_attributes"),iid=whole(at(item,"iid")),name=hidden?"":clean(firstText(at(item,
"title"),at(item,"name")),LIMITS.title),shown=[iid===void 0?"":\`#\${iid}\`,name].filter(part=>part!=="").join(" "),url=firstText(at(item,"url"),
payload.url);return shown===""?[]:[words(" "),link(shown,url)]},actionPart=payload=>{let item=at(payload,"object_attributes"),named=firstText(
payload.action,at(item,"action"),payload.status,at(item,"status"),at(item,"state")),action=clean(named,LIMITS.status);return action===""?[]:
[words(", "),code(action)]},byPart2=(payload,context)=>{let name=firstText(at(payload,"user","name"),payload.user_name),login=firstText(at(payload,
"user","username"),payload.user_username);return name===""&&login===""?[]:fill(context.words.byAuthor,{who:person(name,login,context)})},generic={
topic:"other",describe:(event,context)=>{let{payload}=event,{words:w}=context,name=clean(nameOf(event),LIMITS.status);if(name===""&&Object.keys(
payload).length===0)return;let parts={kind:name===""?words(w.unknown):code(name),object:objectPart(payload,isConfidential(event)),action:actionPart(
payload),by:byPart2(payload,context),project:project(payload,context)};return described(say(projectPath(payload)===""?w.genericNowhere:w.generic,
parts))}};var before=change2=>Array.isArray(change2)?change2[0]:at(change2,"previous"),after=change2=>Array.isArray(change2)?change2[1]:at(change2,"cu\\
rrent"),isNothing=value=>value==null||value===""||value===0||value===!1||Array.isArray(value)&&value.length===0,isReal=change2=>{let[was,is]=[
before(change2),after(change2)];return isNothing(was)||isNothing(is)?isNothing(was)!==isNothing(is):JSON.stringify(was)!==JSON.stringify(is)};var SHOWN=8,labelTitles=labels=>list(labels).slice(0,1e3).map(label=>clean(text(at(label,"title")),LIMITS.name)).filter(title=>title!==""),titlesLine=(titles,w)=>listed(
titles,SHOWN,title=>[outside(title)],w);var keyOf=user2=>firstText(at(user2,"username"),at(user2,"id"),at(user2,"name")),without=(users,others)=>{let known=new Set(others.map(keyOf));
return users.filter(user2=>!known.has(keyOf(user2)))},change=(kind,users,context)=>{if(users.length===0)return[];let{words:w}=context,parts={
people:people(users,context)},isPersonal=kind==="askedNoMore"||kind==="unassigned"?"released":"asked";return[{template:w.people[kind],parts,
line:fill(w.changes[kind],parts),isPersonal}]},reviewStates=(previous,current,context)=>{let{words:w}=context;return current.flatMap(reviewer=>{
let was=previous.find(one=>keyOf(one)===keyOf(reviewer)),state=text(at(reviewer,"state"));if(was===void 0||state===""||state===text(at(was,"\\
state")))return[];if(at(reviewer,"re_requested")===!0)return[];let known=pick(w.reviewStates,state),who=someone(reviewer,context),shown=known===
void 0?outside(clean(state,LIMITS.status)):words(known),line=fill(w.changes.review,{who,state:shown});return[state==="requested_changes"?{line,
template:w.merge.changesRequested,parts:{reviewer:who}}:{line}]})},isAskedAgain=reviewer=>at(reviewer,"re_requested")===!0,reviewerChanges=(reviewers,context)=>{
let previous=list(before(reviewers)),current=list(after(reviewers)),asked=without(current,previous),again=without(current,asked).filter(isAskedAgain);
return[...change("asked",asked,context),...change("askedAgain",again,context),...change("askedNoMore",without(previous,current),context),...reviewStates(
previous,current,context).slice(0,5)]},isOnlyTheActor=(users,actor)=>users.length===1&&actor!==""&&text(at(users[0],"username"))===actor,assigneeChanges=(assignees,context)=>{
let previous=list(before(assignees)),current=list(after(assignees)),assigned=without(current,previous),kind=isOnlyTheActor(assigned,context.
actor)?"assignedSelf":"assigned";return[...change(kind,assigned,context),...change("unassigned",without(previous,current),context)]},peopleChanges=(real,context)=>[
...reviewerChanges(real.reviewers,context),...assigneeChanges(real.assignees,context)];var PLAIN={title:"title",description:"description",milestone_id:"milestone",due_date:"due",start_date:"start",confidential:"confidential",weight:"\\
weight",health_status:"health",time_estimate:"estimate",total_time_spent:"time",discussion_locked:"locked",severity:"severity",type:"type",escalation_status:"\\
escalation",escalation_policy:"escalation",moved_to_id:"moved",duplicated_to_id:"duplicate",customer_relations_contacts:"contacts",iteration_id:"\\
iteration",sprint_id:"iteration"},POORER={assignee_id:{than:"assignees",word:"assignees"},assignee_ids:{than:"assignees",word:"assignees"},reviewer_ids:{
than:"reviewers",word:"reviewers"}},SILENT=new Set(["id","iid","author_id","created_at","updated_at","updated_by_id","last_edited_at","last_\\
edited_by_id","closed_at","closed_by_id","merged_at","prepared_at","actioned_at","relative_position","lock_version","project_id","source_pro\\
ject_id","target_project_id","source_branch","head_pipeline_id","time_change","merge_status","detailed_merge_status","merge_error","merge_pa\\
rams","merge_user_id","merge_commit_sha","squash_commit_sha","in_progress_merge_commit_sha","rebase_commit_sha","description_html","title_ht\\
ml","state","state_id","draft","work_in_progress","blocking_discussions_resolved","first_contribution","human_time_estimate","human_total_ti\\
me_spent","human_time_change","cached_markdown_version","merge_when_pipeline_succeeds","auto_merge_enabled","assignees","reviewers","labels",
"target_branch","approval_rules","latest_merge_request_diff_id"]),DRAFT=/^\\s*(?:\\[(?:draft|wip)\\]|\\(draft\\)|(?:draft|wip):)\\s*/i,isDraftTitle=title=>DRAFT.
test(text(title)),isNewTitle=change2=>text(before(change2)).replace(DRAFT,"")!==text(after(change2)).replace(DRAFT,""),realChanges=payload=>{
let entries=Object.entries(record(payload.changes)).slice(0,200);return Object.fromEntries(entries.filter(([,change2])=>isReal(change2)))},labelLines=(change2,w)=>{
let previous=labelTitles(before(change2)),current=labelTitles(after(change2)),added=current.filter(title=>!previous.includes(title)),removed=previous.
filter(title=>!current.includes(title));return[...added.length>0?[fill(w.changes.labelsAdded,{names:titlesLine(added,w)})]:[],...removed.length>
0?[fill(w.changes.labelsRemoved,{names:titlesLine(removed,w)})]:[]]},targetLines=(change2,w)=>{let name=clean(text(after(change2)),LIMITS.ref);
return name===""?[]:[fill(w.changes.target,{name:code(name)})]},unknownKeys=real=>Object.keys(real).filter(key=>!SILENT.has(key)&&pick(PLAIN,
key)===void 0&&pick(POORER,key)===void 0).slice(0,5).map(key=>[code(clean(key,LIMITS.status))]),plainNames=real=>{let plain=Object.keys(PLAIN).
filter(key=>Object.hasOwn(real,key)&&(key!=="title"||isNewTitle(real[key]))).flatMap(key=>PLAIN[key]??[]),poorer=Object.entries(POORER).flatMap(
([key,{than,word}])=>Object.hasOwn(real,key)&&!Object.hasOwn(real,than)?[word]:[]);return[...new Set([...plain,...poorer])]},hiddenLines=(real,w)=>{
let has=key=>Object.hasOwn(real,key),more=["assignees","reviewers","labels"].filter(has);return[...new Set([...plainNames(real),...more])].map(
name=>[words(w.changes[name])])},detailLines=(real,w)=>[...plainNames(real).map(name=>[words(w.changes[name])]),...labelLines(real.labels,w),
...targetLines(real.target_branch,w),...unknownKeys(real)],asChange=line=>({line}),changesOf=(payload,context,hidden)=>{let{words:w}=context,
real=realChanges(payload);return hidden?hiddenLines(real,w).map(asChange):[...peopleChanges(real,context),...detailLines(real,w).map(asChange)]},
saysChanges=payload=>typeof payload.changes=="object"&&payload.changes!==null,flipped=(payload,key)=>{let change2=at(payload,"changes",key);
if(after(change2)===void 0)return;let now=isSet(after(change2));return now===isSet(before(change2))?void 0:now},draftFlipped=payload=>{let flag=flipped(
payload,"draft")??flipped(payload,"work_in_progress");if(flag!==void 0)return flag;let title=at(payload,"changes","title");if(after(title)===
void 0)return;let now=isDraftTitle(after(title));return now===isDraftTitle(before(title))?void 0:now},STATES={1:"reopen",2:"close",3:"merge",
opened:"reopen",reopened:"reopen",closed:"close",merged:"merge"},stateAction=payload=>{let change2=at(payload,"changes","state_id")??at(payload,
"changes","state");return isReal(change2)&&list(change2).length!==1?pick(STATES,text(after(change2))):void 0},describeChanges=(changes,head,{
words:w})=>{let personal=changes.filter(({isPersonal})=>isPersonal).map(({line:line2})=>line2),rest=changes.filter(({isPersonal})=>!isPersonal).
map(({line:line2})=>line2),line=sentence(head.template,head.parts);return{line:personal.length===0?line:[...line,words(" ("),...joined(personal,
"; "),words(")")],fields:field(w.fields.changed,joined(rest,", "))}};var TONES={open:"news",reopen:"news",close:"good"},nounText=(type,hidden,{words:w})=>{let noun=w.nouns[nounOf(type)];return hidden?w.confidential.
replace("{noun}",noun):noun},assigneesOf=payload=>list(payload.assignees).length>0?payload.assignees:[payload.assignee].filter(one=>at(one,"\\
name")!==void 0),openFields=(payload,context)=>{let{words:w}=context;return[...field(w.fields.assignees,people(assigneesOf(payload),context)),
...field(w.fields.labels,titlesLine(labelTitles(payload.labels),w))]},describeUpdate=(payload,parts,hidden,context)=>{let{words:w}=context,changes=changesOf(
payload,context,hidden);if(changes.length===0&&saysChanges(payload))return;let head=changes.find(({template:template2})=>template2!==void 0),
news={template:head?.template??w.issue.update,parts:{...parts,...head?.parts}},{line,fields}=describeChanges(changes.filter(change2=>change2!==
head),news,context);return described({line,tone:"plain",details:[],fields})},issue2={topic:"issue",describe:(event,context)=>{let{payload}=event,
{words:w}=context,item=at(payload,"object_attributes"),type=text(at(item,"type")),named=text(at(item,"action")),hidden=isConfidential(event),
shown=numbered(signOf(type),item,pageOf(payload,"issues"),hidden?"":at(item,"title")),parts={who:someone(payload.user,context),noun:words(nounText(
type,hidden,context)),issue:shown,item:shown,project:project(payload,context),action:unknownAction(named,context)},action=named==="update"?stateAction(
payload)??named:named;if(action==="update")return describeUpdate(payload,parts,hidden,context);let isOpened=action==="open"&&!hidden,message=say(
pick(w.issue,action)??w.issueOther,parts,{tone:pick(TONES,action)??"plain",details:isOpened?quote(at(item,"description")):[],fields:isOpened?
openFields(payload,context):[]});return described(message)}};var jobPiece=(payload,name)=>{let id=whole(payload.build_id),base=projectUrl(payload);return link(name,id===void 0||base===""?"":\`\${base}/-/\\
jobs/\${id}\`)},pipelineField=(payload,{words:w})=>{let id=whole(payload.pipeline_id);if(id===void 0)return[];let base=projectUrl(payload);return field(
w.fields.pipeline,[link(\`#\${id}\`,base===""?"":\`\${base}/-/pipelines/\${id}\`)])},fieldsOf2=(payload,status,context)=>{let{fields}=context.words,
stage=clean(text(payload.build_stage),LIMITS.name),reason=clean(text(payload.build_failure_reason),LIMITS.status);return[...field(fields.stage,
stage===""?[]:[code(stage)]),...field(fields.reason,status==="failed"&&reason!==""?[code(reason)]:[]),...pipelineField(payload,context),...textField(
fields.commit,commitTitle(payload.commit))]},job={topic:"job",describe:({payload},context)=>{let{words:w}=context,status=firstText(payload.build_status,
payload.status),name=clean(text(payload.build_name),LIMITS.name)||"?",ref=shortRef(payload.ref),subject=\`job \${projectPath(payload)} \${ref} \${name}\`,
parts={job:jobPiece(payload,name),project:project(payload,context),ref:refPiece(ref),time:timePart(payload.build_duration,context),by:byPart(
payload.user,status,context),status:statusPart(status,context)},tolerated=status==="failed"&&isSet(payload.build_allow_failure),recovered=status===
"success"&&context.hadFailed(subject),known=templateFor(w.job,status,recovered,{recovered:w.jobRecovered,other:w.jobOther}),message=say(tolerated?
w.jobTolerated:known,parts,{tone:tolerated?"warning":toneOf(status),fields:fieldsOf2(payload,status,context)}),isBranch=ref!==""&&at(payload,
"tag")!==!0,outcome=tolerated?"other":outcomeOf(status);return described(message,{outcome,subject,...isBranch?{branch:ref}:{}})}};var fieldsOf3=(payload,{words:w})=>{let until=day(payload.expires_at,w);return[...knownField(w.fields.access,firstText(payload.group_access,
payload.access_level),w.levels),...until===""?[]:field(w.fields.until,[outside(until)])]},ENDS=["remove","denied","revoked"],member=happening=>({
topic:"member",describe:({payload},context)=>{let actor=happening==="request"?text(payload.user_username):"",parts={who:person(payload.user_name,
payload.user_username,{...context,actor}),place:projectPath(payload)===""?"?":project(payload,context)},isEnd=ENDS.includes(happening),fields=isEnd?
[]:fieldsOf3(payload,context);return described(say(context.words.member[happening],parts,{tone:isEnd?"warning":"news",fields}))}}),LEVELS={5:"\\
minimal_access",10:"guest",15:"planner",20:"reporter",30:"developer",40:"maintainer",50:"owner"},levelPart=(level,{words:w})=>{let name=pick(
LEVELS,text(level));return name===void 0?[outside(clean(text(level),LIMITS.status)||"?")]:[words(w.levels[name])]},APPROVAL_TONES={enqueue:"\\
warning",approve:"good",deny:"warning"},couldNotApply=payload=>list(at(payload,"object_attributes","promotion_request_ids_that_failed_to_app\\
ly")).length>0||!["","success"].includes(text(at(payload,"object_attributes","status"))),memberApproval={topic:"member",describe:({payload},context)=>{
let{words:w}=context,action=text(payload.action),item=at(payload,"object_attributes"),template2=action==="approve"&&couldNotApply(payload)?w.
approval.failed:pick(w.approval,action),parts={before:levelPart(at(item,"old_access_level"),context),after:levelPart(at(item,"new_access_lev\\
el"),context),action:unknownAction(action,context)};return described(say(template2??w.approval.other,parts,{tone:pick(APPROVAL_TONES,action)??
"plain"}))}};var TONES2={open:"news",reopen:"news",merge:"good",approved:"good",approval:"good",unapproved:"warning",unapproval:"warning",close:"warning"},
isAction=name=>Object.hasOwn(TONES2,name),isDraft=item=>isSet(at(item,"draft"))||isSet(at(item,"work_in_progress"))||isDraftTitle(at(item,"t\\
itle")),systemTemplate=(payload,action,w)=>{let item=at(payload,"object_attributes");if(at(item,"system")!==!0)return;let reason=text(at(item,
"system_action"));return reason==="approvals_reset_on_push"?w.merge.reset:reason==="code_owner_approvals_reset_on_push"?w.merge.resetOwners:
action==="unapproved"||action==="unapproval"?w.merge.systemUnapproved:void 0},happenings=(payload,{words:w})=>{let draft=draftFlipped(payload),
auto=flipped(payload,"auto_merge_enabled")??flipped(payload,"merge_when_pipeline_succeeds"),isPush=text(at(payload,"object_attributes","oldr\\
ev"))!=="";return[[draft===!1,w.merge.ready,w.changes.ready],[draft===!0,w.merge.draft,w.changes.draft],[isPush,w.merge.push,w.changes.commits],
[auto===!0,w.merge.autoMerge,w.changes.autoMerge],[auto===!1,w.merge.autoMergeOff,w.changes.autoMergeOff],[flipped(payload,"blocking_discuss\\
ions_resolved")===!0,w.merge.resolved,w.changes.resolved]].flatMap(([is,template2,line])=>is?[{template:template2,line:[words(line)]}]:[])},
assigneesOf2=payload=>{if(list(payload.assignees).length>0)return payload.assignees;let one=payload.assignee??at(payload,"object_attributes",
"assignee");return at(one,"name")===void 0?[]:[one]},openFields2=(payload,context)=>{let{words:w}=context,item=at(payload,"object_attributes"),
branches=joined([[refPiece(at(item,"source_branch"))],[refPiece(at(item,"target_branch"))]]," \\u2192 ");return[...field(w.fields.branches,branches),
...field(w.fields.assignees,people(assigneesOf2(payload),context)),...field(w.fields.reviewers,people(payload.reviewers,context)),...field(w.
fields.labels,titlesLine(labelTitles(payload.labels),w))]},branchOf=payload=>{let branch=shortRef(at(payload,"object_attributes","target_bra\\
nch"));return branch===""?{}:{branch}},describeUpdate2=(payload,parts,hidden,context)=>{let{words:w}=context,changes=changesOf(payload,context,
hidden),all=ordered(changes,happenings(payload,context));if(all.length===0&&saysChanges(payload))return;let head=all.find(({template:template2})=>template2!==
void 0),news={template:head?.template??w.merge.update,parts:{...parts,...head?.parts}},rest=all.filter(change2=>change2!==head),{line,fields}=describeChanges(
rest,news,context);return described({line,tone:"plain",details:[],fields},branchOf(payload))},ordered=(changes,happened)=>[...changes.filter(
({isPersonal})=>isPersonal==="asked"),...happened,...changes.filter(({isPersonal})=>isPersonal!=="asked")],templateOf=(payload,action,{words:w})=>action===
"open"&&isDraft(at(payload,"object_attributes"))?w.merge.openDraft:isAction(action)?w.merge[action]:w.mergeOther,mergeRequest2={topic:"merge\\
_request",describe:(event,context)=>{let{payload}=event,{words:w}=context,item=at(payload,"object_attributes"),named=text(at(item,"action")),
hidden=isConfidential(event),merge=numbered("!",item,pageOf(payload,"merge_requests"),hidden?"":at(item,"title")),parts={who:someone(payload.
user,context),noun:words(w.nouns.merge),merge,item:merge,target:refPiece(at(item,"target_branch")),project:project(payload,context),action:unknownAction(
named,context)},system=systemTemplate(payload,named,w);if(system!==void 0)return described(say(system,parts,{tone:"warning"}),branchOf(payload));
let action=named==="update"?stateAction(payload)??named:named;if(action==="update")return describeUpdate2(payload,parts,hidden,context);let isOpened=action===
"open"&&!hidden,message=say(templateOf(payload,action,context),parts,{tone:pick(TONES2,action)??"plain",details:isOpened?quote(at(item,"desc\\
ription")):[],fields:isOpened?openFields2(payload,context):[]});return described(message,branchOf(payload))}};var TONES3={close:"good",delete:"warning"},milestone={topic:"milestone",describe:({payload},context)=>{let{words:w}=context,item=at(payload,
"object_attributes"),iid=whole(at(item,"iid")),base=projectUrl(payload),action=firstText(payload.action,at(item,"action")),address=action!==
"delete"&&iid!==void 0&&base!==""?\`\${base}/-/milestones/\${iid}\`:"",due=day(at(item,"due_date"),w),parts={milestone:link(clean(text(at(item,"\\
title")),LIMITS.title)||"?",address),project:project(payload,context),action:unknownAction(action,context)},message=say(pick(w.milestone,action)??
w.milestoneOther,parts,{tone:pick(TONES3,action)??"news",details:action==="create"?quote(at(item,"description")):[],fields:action==="delete"||
due===""?[]:field(w.fields.due,[outside(due)])});return described(message)}};var isNew=action=>action===""||action==="create",templateOf2=(action,target,hidden,{note:note2})=>!isNew(action)&&action!=="update"?target===
void 0?note2.otherNowhere:note2.other:hidden?target===void 0?note2.hiddenNowhere:isNew(action)?note2.hidden:note2.hiddenEdited:target===void 0?
isNew(action)?note2.nowhere:note2.editedNowhere:isNew(action)?note2.create:note2.update,fileField=(note2,{fields})=>{let position=at(note2,"\\
position");if(text(at(position,"position_type"))==="image")return[];let path=firstText(at(position,"new_path"),at(position,"old_path"),at(note2,
"st_diff","new_path")),shown=clean(path,LIMITS.path),line=whole(at(position,"new_line"))??whole(at(position,"old_line"));return shown===""?[]:
field(fields.file,[code(line===void 0?shown:\`\${shown}:\${line}\`)])},partsOf=(payload,target,url,action,context)=>({who:someone(payload.user,context),
project:project(payload,context),action:unknownAction(action,context),noun:target===void 0?[]:words(context.words.nouns[target.noun]),target:target?.
piece??link(context.words.note.comment,url)}),note={topic:"note",describe:(event,context)=>{let{payload}=event,{words:w}=context,item=at(payload,
"object_attributes"),hidden=isConfidential(event),url=text(at(item,"url")),target=targetOf(text(at(item,"noteable_type")),{payload,url,hidden,
position:at(item,"position")??at(item,"original_position"),noteId:whole(at(item,"id"))}),action=text(at(item,"action")),isSecret=hidden||isPrivateSnippet(
payload);return described(say(templateOf2(action,target,hidden,w),partsOf(payload,target,url,action,context),{details:isSecret?[]:quote(at(item,
"note")),fields:isSecret?[]:fileField(item,w)}))}};var SHOWN2=5,pipelinePiece=payload=>{let item=at(payload,"object_attributes"),id=whole(at(item,"id")),base=projectUrl(payload),built=id===void 0||
base===""?"":\`\${base}/-/pipelines/\${id}\`;return link(id===void 0?"?":\`#\${id}\`,firstText(at(item,"url"),built))},jobLine=(payload,build)=>{let id=whole(
at(build,"id")),base=projectUrl(payload),stage=clean(text(at(build,"stage")),LIMITS.name)||"?",name=clean(text(at(build,"name")),LIMITS.name)||
"?";return[link(\`\${stage}: \${name}\`,id===void 0||base===""?"":\`\${base}/-/jobs/\${id}\`)]},failedJobs=(payload,tolerated)=>{let builds=list(payload.
builds),nameOf2=build=>text(at(build,"name")),passed=new Set(builds.filter(build=>at(build,"status")==="success").map(nameOf2)),failed=builds.
filter(build=>at(build,"status")==="failed"&&at(build,"allow_failure")===!0===tolerated);return[...new Map(failed.map(build=>[nameOf2(build),
build])).values()].filter(one=>!passed.has(nameOf2(one)))},jobsField=(title,payload,tolerated,{words:w})=>field(title,listed(failedJobs(payload,
tolerated),SHOWN2,build=>jobLine(payload,build),w)),hasWarnings=payload=>{let detailed=text(at(payload,"object_attributes","detailed_status"));
return detailed===""?failedJobs(payload,!0).length>0:/warning/.test(detailed)},mergeField=(payload,{words:w})=>{let merge=payload.merge_request;
return Object.keys(record(merge)).length>0?field(w.fields.mergeRequest,[numbered("!",merge,at(merge,"url"),at(merge,"title"))]):[]},failedFields=(payload,status,context)=>{
let{fields}=context.words;return status==="failed"?jobsField(fields.failed,payload,!1,context):status==="success"?jobsField(fields.tolerated,
payload,!0,context):[]},fieldsOf4=(payload,status,context)=>{let{fields}=context.words,commit2=Object.keys(record(payload.commit)).length>0?
commitLine(payload.commit):[];return[...failedFields(payload,status,context),...field(fields.commit,commit2),...mergeField(payload,context)]},
pipeline={topic:"pipeline",describe:({payload},context)=>{let{words:w}=context,item=at(payload,"object_attributes"),status=text(at(item,"sta\\
tus")),ref=shortRef(at(item,"ref")),subject=\`pipeline \${projectPath(payload)} \${ref}\`,recovered=status==="success"&&context.hadFailed(subject),
parts={pipeline:pipelinePiece(payload),project:project(payload,context),ref:refPiece(ref),time:timePart(at(item,"duration"),context),by:byPart(
payload.user,status,context),status:statusPart(status,context)},texts={recovered:w.pipelineRecovered,other:w.pipelineOther},warned=status===
"success"&&hasWarnings(payload),template2=templateFor(w.pipeline,warned?"warnings":status,recovered,texts),message=say(template2,parts,{tone:warned?
"warning":toneOf(status),fields:fieldsOf4(payload,status,context)}),isBranch=ref!==""&&at(item,"tag")!==!0;return described(message,{outcome:outcomeOf(
status),subject,...isBranch?{branch:ref}:{}})}};var projectEvent=happening=>({topic:"project",describe:({payload},context)=>{let{fields,projectEvents,visibilities}=context.words,tone=happening===
"destroy"?"warning":"news";return described(say(projectEvents[happening],{project:project(payload,happening==="destroy"?{...context,instance:""}:
context)},{tone,fields:[...textField(fields.before,payload.old_path_with_namespace,LIMITS.path),...knownField(fields.visibility,payload.project_visibility,
visibilities)]}))}});var SHOWN3=5,isNothing2=sha=>/^0{40,64}$/.test(text(sha)),isSha=sha=>/^[0-9a-f]{40,64}$/.test(text(sha))&&!isNothing2(sha),totalOf=payload=>Math.
max(whole(at(payload,"total_commits_count"))??0,list(at(payload,"commits")).length),commitCount=(payload,total,{words:w})=>{let{before:before2,
after:after2}=payload,base=projectUrl(payload),address=base!==""&&isSha(before2)&&isSha(after2)?\`\${base}/-/compare/\${text(before2)}...\${text(
after2)}\`:"";return link(counted(total,w.commits,w),address)},same=(one,other)=>text(one).trim().toLowerCase()===text(other).trim().toLowerCase(),
authorPart=(payload,commit2,{words:w})=>{let name=at(commit2,"author","name"),pushers=[payload.user_name,payload.user_username],address=at(commit2,
"author","email"),isPusher=pushers.some(one=>same(name,one))||text(address)!==""&&same(address,payload.user_email),shown=clean(text(name),LIMITS.
name);return shown===""||isPusher?[]:fill(w.byAuthor,{who:shown})},commitLines=(payload,total,context)=>{let{words:w}=context,lines=list(at(
payload,"commits")).slice(-SHOWN3).map(commit2=>[...commitLine(commit2),...authorPart(payload,commit2,context)]),rest=total-lines.length;return rest>
0&&lines.length>0?[...lines,[words(counted(rest,w.more,w))]]:lines},isMovedBack=(payload,header)=>at(payload,"forced")===!0||header.trim().toLowerCase()!==
"system hook"&&isSha(payload.before)&&isSha(payload.after)&&at(payload,"total_commits_count")===0,afterLink=payload=>{let base=projectUrl(payload);
return link(shortSha(payload.after)||"?",base===""?"":\`\${base}/-/commit/\${text(payload.after)}\`)},template=(payload,header,total,{words:w})=>isNothing2(
payload.after)?w.branchGone:isNothing2(payload.before)?total>0?w.branchNewWith:w.branchNew:isMovedBack(payload,header)?w.branchMoved:total>0?
w.push:w.pushUncounted,push={topic:"push",describe:({payload,header},context)=>{let total=totalOf(payload),parts={who:person(firstText(payload.
user_name,payload.user_username),payload.user_username,context),ref:isNothing2(payload.after)?refPiece(payload.ref):refLink(payload,payload.
ref,"tree"),project:project(payload,context),commits:commitCount(payload,total,context),commit:afterLink(payload)},details=isNothing2(payload.
after)?[]:commitLines(payload,total,context),tone=isMovedBack(payload,header)?"warning":"news";return described(say(template(payload,header,
total,context),parts,{tone,details}),{branch:shortRef(payload.ref)})}};var release={topic:"release",describe:({payload},context)=>{let{words:w}=context,action=text(payload.action),parts={release:link(clean(firstText(
payload.name,payload.tag),LIMITS.title)||"?",action==="delete"?"":text(payload.url)),action:unknownAction(action,context),project:project(payload,
context)},details=action==="delete"?[]:quote(payload.description);return described(say(pick(w.release,action)??w.releaseOther,parts,{tone:"n\\
ews",details}))}};var SHOWN4=5,isTag=ref=>text(ref).startsWith("refs/tags/"),refFields=(refs,{words:w})=>{let line=some=>listed(some,SHOWN4,ref=>[refPiece(ref)],
w);return[...field(w.fields.branches,line(refs.filter(ref=>!isTag(ref)))),...field(w.fields.tags,line(refs.filter(isTag)))]},repositoryUpdate={
topic:"push",describe:({payload},context)=>{let{words:w}=context,refs=list(payload.refs),parts={who:person(payload.user_name,payload.user_username,
context),refs:counted(refs.length,w.refs,w),project:project(payload,context)};return described(say(w.repositoryUpdate,parts,{tone:"news",fields:refFields(
refs,context)}))}};var subgroup=happening=>({topic:"subgroup",describe:({payload},context)=>{let{words:w}=context,shown=clean(firstText(payload.full_path,payload.
path,payload.name),LIMITS.path)||"?",name=link(shown,happening==="destroy"?"":pageAt(text(payload.full_path),context)),fields=textField(w.fields.
before,firstText(payload.old_full_path,payload.old_path),LIMITS.path),tone=happening==="destroy"?"warning":"news";return described(say(w.subgroup[happening],
{name},{tone,fields}))}});var isNothing3=sha=>/^0{40,64}$/.test(text(sha)),tagPush={topic:"tag_push",describe:({payload},context)=>{let{words:w}=context,gone=isNothing3(
payload.after),template2=gone?w.tagGone:isNothing3(payload.before)?w.tagNew:w.tagMoved,parts={who:person(payload.user_name,payload.user_username,
context),ref:gone?refPiece(payload.ref):refLink(payload,payload.ref,"tags"),project:project(payload,context)};return described(say(template2,
parts,{tone:"news",details:gone?[]:quote(payload.message)}))}};var expiring=texts=>({topic:"token",describe:({payload},context)=>{let{words:w}=context,token=at(payload,"object_attributes"),date=day(at(token,
"expires_at"),w),parts={name:{kind:"code",text:clean(text(at(token,"name")),LIMITS.name)||"?"},place:projectPath(payload)===""?"?":project(payload,
context),date},{on,soon}=texts(w);return described(say(date===""?soon:on,parts,{tone:"warning"}))}}),accessToken=expiring(w=>({on:w.accessToken,
soon:w.accessTokenSoon})),deployToken=expiring(w=>({on:w.deployToken,soon:w.deployTokenSoon}));var user=happening=>({topic:"user",describe:({payload},context)=>{let{words:w}=context,login=firstText(payload.username),isOwnAct=happening===
"keyCreate"||happening==="keyDestroy",who=person(firstText(login,payload.name),login,{...context,actor:isOwnAct?login:""}),isBad=happening===
"failedLogin"||happening==="destroy",fields=[...knownField(w.fields.state,payload.state,w.states),...textField(w.fields.before,payload.old_username,
LIMITS.name)];return described(say(w.user[happening],{who},{tone:isBad?"warning":"plain",fields}))}});var TONES4={resolved:"good",dismissed:"plain"},fieldsOf5=(payload,{words:w})=>{let item=at(payload,"object_attributes"),scan=clean(text(at(item,
"report_type")),LIMITS.status);return[...knownField(w.fields.severity,at(item,"severity"),w.severities),...field(w.fields.scan,scan===""?[]:
[code(scan)])]},vulnerability2={topic:"other",describe:({payload},context)=>{let{words:w}=context,item=at(payload,"object_attributes"),url=text(
at(item,"url")),id=/\\/vulnerabilities\\/(\\d+)/.exec(url.slice(0,1e3))?.[1],state=text(at(item,"state")),known=pick(w.vulnerabilityStates,state),
parts={vulnerability:link(id===void 0?"?":\`#\${id}\`,url),project:project(payload,context),state:known===void 0?outside(clean(state,LIMITS.status)||
"?"):words(known)},template2=known===void 0?w.vulnerabilityOther:w.vulnerability;return described(say(template2,parts,{tone:pick(TONES4,state)??
"bad",fields:fieldsOf5(payload,context)}))}};var wiki={topic:"wiki_page",describe:({payload},context)=>{let{words:w}=context,page=at(payload,"object_attributes"),action=text(at(page,"ac\\
tion")),title=clean(firstText(at(page,"title"),at(page,"slug")),LIMITS.title)||"?",parts={who:someone(payload.user,context),page:link(title,
action==="delete"?"":text(at(page,"url"))),action:unknownAction(action,context),project:project(payload,context)},template2=pick(w.wiki,action)??
w.wikiOther;return described(say(template2,parts,{tone:"news",details:quote(at(page,"message"))}))}};var DESCRIBERS={push,tag_push:tagPush,repository_update:repositoryUpdate,issue:issue2,work_item:issue2,note,merge_request:mergeRequest2,pipeline,
build:job,job,deployment,release,wiki_page:wiki,milestone,feature_flag:featureFlag,emoji,vulnerability:vulnerability2,access_token:accessToken,
expiring_access_token:accessToken,deploy_token:deployToken,expiring_deploy_token:deployToken,user_add_to_group:member("add"),user_update_for_group:member(
"update"),user_remove_from_group:member("remove"),user_access_request_to_group:member("request"),user_access_request_denied_for_group:member(
"denied"),user_access_request_revoked_for_group:member("revoked"),user_add_to_team:member("add"),user_update_for_team:member("update"),user_remove_from_team:member(
"remove"),user_access_request_to_project:member("request"),user_access_request_denied_for_project:member("denied"),user_access_request_revoked_for_project:member(
"revoked"),gitlab_subscription_member_approval:memberApproval,gitlab_subscription_member_approvals:memberApproval,subgroup_create:subgroup("\\
create"),subgroup_destroy:subgroup("destroy"),group_create:subgroup("create"),group_destroy:subgroup("destroy"),group_rename:subgroup("renam\\
e"),project_create:projectEvent("create"),project_destroy:projectEvent("destroy"),project_rename:projectEvent("rename"),project_transfer:projectEvent(
"transfer"),project_update:projectEvent("update"),user_create:user("create"),user_destroy:user("destroy"),user_rename:user("rename"),user_failed_login:user(
"failedLogin"),key_create:user("keyCreate"),key_destroy:user("keyDestroy")},describerOf=event=>pick(DESCRIBERS,kindOf(event))??generic;var isKnown=(host,hosts)=>hosts.some(each=>each.startsWith("*.")?host.endsWith(each.slice(1)):host===each),isAllowed=(url,hosts)=>{let bare=withoutSecrets(
url);return withoutTokens(bare)!==bare?!1:hosts===void 0||isKnown(hostOf(url)??"",hosts)},guardedPiece=(piece,hosts)=>{switch(piece.kind){case"\\
words":return piece;case"link":{let text2=withoutTokens(piece.text);return isAllowed(piece.url,hosts)?{...piece,text:text2}:outside(text2)}case"\\
person":return{...piece,name:withoutTokens(piece.name)};default:return{...piece,text:withoutTokens(piece.text)}}},guarded=(message,hosts)=>{
let ofLine=line=>line.map(piece=>guardedPiece(piece,hosts));return{...message,line:ofLine(message.line),details:message.details.map(ofLine),
fields:message.fields.map(({title,value})=>({title,value:ofLine(value)}))}};var KEPT=200,failedSubjects=memory=>{try{return list(at(JSON.parse(text(memory.read())),"failed")).map(text)}catch{return[]}},hadFailed=(memory,subject)=>failedSubjects(
memory).includes(subject),remember=(memory,subject,failed)=>{let before2=failedSubjects(memory);if(before2.includes(subject)===failed)return;
let others=before2.filter(known=>known!==subject),after2=failed?[...others,subject].slice(-KEPT):others;memory.write(JSON.stringify({failed:after2}))},
NO_MEMORY={read:()=>{},write:()=>{}};var fits=(pattern,name)=>{let parts=pattern.split("*"),first=parts[0]??"",last=parts[parts.length-1]??"";if(parts.length===1)return pattern===
name;if(!name.startsWith(first)||!name.endsWith(last)||name.length<first.length+last.length)return!1;let from=first.length;for(let part of parts.
slice(1,-1)){let found=name.indexOf(part,from);if(found<0||found+part.length>name.length-last.length)return!1;from=found+part.length}return!0};var isWantedTopic=({events},topic)=>events===void 0||events.includes(topic),isWantedBranch=({branches},branch)=>branches===void 0||branch===
void 0||branches.some(pattern=>fits(pattern,branch)),isWantedOutcome=(settings,{outcome},recovered)=>outcome===void 0||outcome==="asks"?!0:outcome===
"intermediate"?settings.intermediate===!0&&settings.loud!=="failures":settings.loud!=="failures"||outcome==="failed"||recovered,isWanted=(settings,topic,described2,recovered)=>isWantedTopic(
settings,topic)&&isWantedBranch(settings,described2.branch)&&isWantedOutcome(settings,described2,recovered);var MONTHS=["January","February","March","April","May","June","July","August","September","October","November","December"],en={someone:"some\\
body",someProject:"a project",thousands:",",isOne:value=>value===1,date:(year,month,date)=>\`\${date} \${MONTHS[month-1]??month} \${year}\`,to:noun=>noun,
beforeColon:()=>"",before:(words2,_text)=>words2,places:()=>[" in {project}"," of {project}"],more:["and {count} earlier commit","and {count\\
} earlier commits"],others:["and {count} more","and {count} more"],commits:["{count} commit","{count} commits"],push:"{who} pushed {commits}\\
 to {ref} in {project}",pushUncounted:"{who} pushed to {ref} in {project}",branchNew:"{who} created the branch {ref} in {project}",branchNewWith:"\\
{who} created the branch {ref} with {commits} in {project}",branchGone:"{who} deleted the branch {ref} in {project}",branchMoved:"{who} forc\\
e-pushed {ref} in {project}: it now points to {commit}",tagNew:"{who} created the tag {ref} in {project}",tagGone:"{who} deleted the tag {re\\
f} in {project}",tagMoved:"{who} moved the tag {ref} in {project}",repositoryUpdate:"{who} changed {refs} in {project}",refs:["{count} branc\\
h or tag","{count} branches or tags"],byAuthor:" ({who})",nouns:{issue:"issue",incident:"incident",task:"task",epic:"epic",requirement:"requ\\
irement",testCase:"test case",objective:"objective",keyResult:"key result",ticket:"ticket",other:"work item",merge:"merge request",commit:"c\\
ommit",snippet:"snippet",design:"design",wiki:"wiki page",vulnerability:"vulnerability"},confidential:"the confidential {noun}",news:"news",
something:"something",issue:{open:"{who} opened {noun} {issue} in {project}",close:"{who} closed {noun} {issue} in {project}",reopen:"{who} \\
reopened {noun} {issue} in {project}",update:"{who} changed {noun} {issue} in {project}"},issueOther:"{noun} {issue} in {project}: {action} \\
({who})",merge:{open:"{who} opened merge request {merge} in {project}",close:"{who} closed merge request {merge} in {project}",reopen:"{who}\\
 reopened merge request {merge} in {project}",update:"{who} changed merge request {merge} in {project}",push:"{who} pushed to merge request \\
{merge} in {project}",approved:"{who} approved merge request {merge} in {project}, which is now approved",approval:"{who} approved merge req\\
uest {merge} in {project}",unapproved:"{who} withdrew the approval of merge request {merge} in {project}",unapproval:"{who} withdrew an appr\\
oval of merge request {merge} in {project}",reset:"The approvals of merge request {merge} in {project} were reset, as {who} pushed to it",resetOwners:"\\
The code owners\\u2019 approvals of merge request {merge} in {project} were reset, as {who} pushed to it",systemUnapproved:"GitLab reset appr\\
ovals of merge request {merge} in {project}",merge:"{who} merged {merge} into {target} in {project}",ready:"{who} marked merge request {merg\\
e} in {project} as ready",draft:"{who} made merge request {merge} in {project} a draft",openDraft:"{who} opened the draft merge request {mer\\
ge} in {project}",autoMerge:"{who} set merge request {merge} in {project} to merge automatically",autoMergeOff:"{who} canceled the automatic\\
 merge of {merge} in {project}",changesRequested:"{reviewer} requested changes to merge request {merge} in {project}",resolved:"All threads \\
of merge request {merge} in {project} are resolved"},mergeOther:"Merge request {merge} in {project}: {action} ({who})",people:{asked:"{who} \\
asked {people} to review {noun} {item} in {project}",askedAgain:"{who} asked {people} to review {noun} {item} in {project} again",askedNoMore:"\\
{who} no longer asks {people} to review {noun} {item} in {project}",assigned:"{who} assigned {noun} {item} in {project} to {people}",assignedSelf:"\\
{who} assigned {noun} {item} in {project} to themselves",unassigned:"{who} unassigned {people} from {noun} {item} in {project}"},reviewStates:{
unreviewed:"not reviewed yet",review_started:"review started",reviewed:"reviewed",requested_changes:"changes requested",approved:"approved",
unapproved:"approval withdrawn"},note:{create:"{who} commented on {noun} {target} in {project}",update:"{who} edited a comment on {noun} {ta\\
rget} in {project}",nowhere:"{who} wrote {target} in {project}",editedNowhere:"{who} edited {target} in {project}",hidden:"{who} wrote a con\\
fidential comment on {noun} {target} in {project}",hiddenEdited:"{who} edited a confidential comment on {noun} {target} in {project}",hiddenNowhere:"\\
{who} wrote {target} in {project}, which is confidential",other:"Comment on {noun} {target} in {project}: {action} ({who})",otherNowhere:"Co\\
mment in {project}: {action} ({who})",comment:"a comment"},commentOn:"a comment on {noun}",pipeline:{success:"Pipeline {pipeline} passed in \\
{project} on {ref}{time}{by}",warnings:"Pipeline {pipeline} passed with warnings in {project} on {ref}{time}{by}",failed:"Pipeline {pipeline\\
} failed in {project} on {ref}{time}{by}",canceled:"Pipeline {pipeline} was canceled in {project} on {ref}{time}{by}",skipped:"Pipeline {pip\\
eline} was skipped in {project} on {ref}{by}"},pipelineRecovered:"Pipeline {pipeline} recovered in {project} on {ref}{time}{by}",pipelineOther:"\\
Pipeline {pipeline} in {project} on {ref}: {status}{by}",job:{success:"Job {job} passed in {project} on {ref}{time}{by}",failed:"Job {job} f\\
ailed in {project} on {ref}{time}{by}",canceled:"Job {job} was canceled in {project} on {ref}{time}{by}"},jobTolerated:"Job {job}, which is \\
allowed to fail, failed in {project} on {ref}{time}{by}",jobRecovered:"Job {job} recovered in {project} on {ref}{time}{by}",jobOther:"Job {j\\
ob} in {project} on {ref}: {status}{by}",time:" after {duration}",day:"d",startedBy:", started by {who}",deployment:{success:"{who} deployed\\
 {project} to {environment}",failed:"The deployment of {project} to {environment} by {who} failed",canceled:"The deployment of {project} to \\
{environment} by {who} was canceled",running:"{who} is deploying {project} to {environment}",blocked:"The deployment of {project} to {enviro\\
nment} by {who} waits for approval",approved:"{approver} approved the deployment of {project} to {environment} by {who}",rejected:"{approver\\
} rejected the deployment of {project} to {environment} by {who}"},deploymentRecovered:"{who} deployed {project} to {environment}, which had\\
 failed before",deploymentOther:"Deployment of {project} to {environment} by {who}: {status}",statuses:{created:"created",waiting_for_resource:"\\
waiting for a resource",waiting_for_callback:"waiting for a callback",preparing:"in preparation",pending:"pending",running:"running",canceling:"\\
being canceled",manual:"waiting for a manual action",scheduled:"scheduled",skipped:"skipped",blocked:"blocked"},release:{create:"Release {re\\
lease} of {project} was published",update:"Release {release} of {project} was changed",delete:"Release {release} of {project} was deleted"},
releaseOther:"Release {release} of {project}: {action}",wiki:{create:"{who} created the wiki page {page} in {project}",update:"{who} changed\\
 the wiki page {page} in {project}",delete:"{who} deleted the wiki page {page} in {project}"},wikiOther:"Wiki page {page} in {project}: {act\\
ion} ({who})",milestone:{create:"Milestone {milestone} was created in {project}",close:"Milestone {milestone} was closed in {project}",reopen:"\\
Milestone {milestone} was reopened in {project}",update:"Milestone {milestone} was changed in {project}",delete:"Milestone {milestone} was d\\
eleted in {project}"},milestoneOther:"Milestone {milestone} in {project}: {action}",flagOn:"{who} turned the feature flag {flag} on in {proj\\
ect}",flagOff:"{who} turned the feature flag {flag} off in {project}",emojiAward:"{who} reacted with {emoji} to {target} in {project}",emojiRevoke:"\\
{who} took back the reaction {emoji} to {target} in {project}",member:{add:"{who} joined {place}",update:"The access of {who} to {place} was\\
 changed",remove:"{who} is no longer a member of {place}",request:"{who} asks for access to {place}",denied:"The request of {who} for access\\
 to {place} was denied",revoked:"The request of {who} for access to {place} was removed"},approval:{enqueue:"A change of access from {before\\
} to {after} waits for the approval of an administrator",approve:"An administrator approved a change of access",failed:"An administrator app\\
roved a change of access, which could be applied in part only",deny:"An administrator denied a change of access",other:"Change of access: {a\\
ction}"},levels:{minimal_access:"Minimal Access",guest:"Guest",planner:"Planner",reporter:"Reporter",developer:"Developer",maintainer:"Maint\\
ainer",owner:"Owner"},subgroup:{create:"The group {name} was created",destroy:"The group {name} was deleted",rename:"The group {name} was re\\
named"},projectEvents:{create:"The project {project} was created",destroy:"The project {project} was deleted",rename:"The project {project} \\
was renamed",transfer:"The project {project} was moved",update:"The settings of the project {project} were changed"},user:{create:"The accou\\
nt {who} was created",destroy:"The account {who} was deleted",rename:"The account {who} was renamed",failedLogin:"A login as {who} failed",keyCreate:"\\
{who} added an SSH key",keyDestroy:"{who} removed an SSH key"},states:{active:"active",blocked:"blocked",ldap_blocked:"blocked by LDAP"},visibilities:{
private:"private",internal:"internal",public:"public"},accessToken:"The access token {name} of {place} expires on {date}",accessTokenSoon:"T\\
he access token {name} of {place} will soon expire",deployToken:"The deploy token {name} of {place} expires on {date}",deployTokenSoon:"The \\
deploy token {name} of {place} will soon expire",vulnerability:"Vulnerability {vulnerability} in {project} {state}",vulnerabilityOther:"Vuln\\
erability {vulnerability} in {project}: {state}",vulnerabilityStates:{detected:"needs triage",confirmed:"is confirmed",dismissed:"is dismiss\\
ed",resolved:"is resolved"},severities:{critical:"critical",high:"high",medium:"medium",low:"low",info:"info",unknown:"unknown"},generic:"Gi\\
tLab: {kind}{object} in {project}{action}{by}",genericNowhere:"GitLab: {kind}{object}{action}{by}",unknown:"something happened",fields:{assignees:"\\
Assignees",reviewers:"Reviewers",labels:"Labels",branches:"Branches",tags:"Tags",changed:"Changed",failed:"Failed",tolerated:"Allowed to fai\\
l",job:"Job",file:"File",severity:"Severity",scan:"Found by",commit:"Commit",mergeRequest:"Merge request",reason:"Reason",pipeline:"Pipeline",
stage:"Stage",access:"Access",until:"Until",before:"Before",due:"Due",visibility:"Visibility",state:"State"},changes:{title:"title",description:"\\
description",labelsAdded:"labels added: {names}",labelsRemoved:"labels removed: {names}",labels:"labels",assignees:"assignees",reviewers:"re\\
viewers",asked:"review asked of {people}",askedAgain:"review asked again of {people}",askedNoMore:"no longer asked to review: {people}",assigned:"\\
assigned to {people}",assignedSelf:"assigned to {people}",unassigned:"no longer assigned to {people}",review:"{who}: {state}",milestone:"mil\\
estone",target:"target branch: {name}",due:"due date",start:"start date",confidential:"confidentiality",weight:"weight",health:"health",estimate:"\\
estimate",time:"time spent",locked:"lock of the discussion",commits:"new commits",severity:"severity",type:"type",escalation:"escalation",moved:"\\
moved elsewhere",duplicate:"duplicate of another",contacts:"contacts",iteration:"iteration",ready:"ready",draft:"draft",autoMerge:"automatic\\
 merge",autoMergeOff:"no automatic merge",resolved:"all threads resolved"}};var MONTHS2=["janvier","f\\xE9vrier","mars","avril","mai","juin","juillet","ao\\xFBt","septembre","octobre","novembre","d\\xE9cembre"],VOWELS=[
..."aeiou\\xE0\\xE2\\xE9\\xE8\\xEA\\xEB\\xEE\\xEF\\xF4\\xFB"],fr={someone:"quelqu\\u2019un",someProject:"un projet",thousands:"\\u202F",isOne:value=>value<
2,date:(year,month,date)=>\`\${date===1?"1er":date} \${MONTHS2[month-1]??month} \${year}\`,to:noun=>noun.startsWith("le ")?\`au \${noun.slice(3)}\`:
\`\\xE0 \${noun}\`,beforeColon:()=>"\\xA0",before:(words2,text2)=>VOWELS.includes(text2.charAt(0).toLowerCase())?words2.replace(/\\bde $/,"d\\u2019"):
words2,places:()=>[" dans {project}"," de {project}"],more:["et {count} commit ant\\xE9rieur","et {count} commits ant\\xE9rieurs"],others:["et\\
 {count} de plus","et {count} de plus"],commits:["{count} commit","{count} commits"],push:"{who} a pouss\\xE9 {commits} vers {ref} dans {project\\
}",pushUncounted:"{who} a pouss\\xE9 vers {ref} dans {project}",branchNew:"{who} a cr\\xE9\\xE9 la branche {ref} dans {project}",branchNewWith:"\\
{who} a cr\\xE9\\xE9 la branche {ref} avec {commits} dans {project}",branchGone:"{who} a supprim\\xE9 la branche {ref} dans {project}",branchMoved:"\\
{who} a pouss\\xE9 de force {ref} dans {project}\\xA0: la branche pointe d\\xE9sormais sur {commit}",tagNew:"{who} a cr\\xE9\\xE9 le tag {ref} dans {pr\\
oject}",tagGone:"{who} a supprim\\xE9 le tag {ref} dans {project}",tagMoved:"{who} a d\\xE9plac\\xE9 le tag {ref} dans {project}",repositoryUpdate:"\\
{who} a modifi\\xE9 {refs} dans {project}",refs:["{count} branche ou tag","{count} branches ou tags"],byAuthor:" ({who})",nouns:{issue:"le ti\\
cket",incident:"l\\u2019incident",task:"la t\\xE2che",epic:"l\\u2019epic",requirement:"l\\u2019exigence",testCase:"le cas de test",objective:"l\\u2019\\
objectif",keyResult:"le r\\xE9sultat cl\\xE9",ticket:"le ticket",other:"l\\u2019\\xE9l\\xE9ment",merge:"la demande de fusion",commit:"le commit",
snippet:"l\\u2019extrait de code",design:"la maquette",wiki:"la page de wiki",vulnerability:"la vuln\\xE9rabilit\\xE9"},confidential:"{noun} (c\\
onfidentiel)",news:"du nouveau",something:"quelque chose",issue:{open:"{who} a ouvert {noun} {issue} dans {project}",close:"{who} a ferm\\xE9 {n\\
oun} {issue} dans {project}",reopen:"{who} a rouvert {noun} {issue} dans {project}",update:"{who} a modifi\\xE9 {noun} {issue} dans {project}"},
issueOther:"{noun} {issue} dans {project}\\xA0: {action} ({who})",merge:{open:"{who} a ouvert la demande de fusion {merge} dans {project}",close:"\\
{who} a ferm\\xE9 la demande de fusion {merge} dans {project}",reopen:"{who} a rouvert la demande de fusion {merge} dans {project}",update:"{\\
who} a modifi\\xE9 la demande de fusion {merge} dans {project}",push:"{who} a pouss\\xE9 vers la demande de fusion {merge} dans {project}",approved:"\\
{who} a approuv\\xE9 la demande de fusion {merge} dans {project}, d\\xE9sormais approuv\\xE9e",approval:"{who} a approuv\\xE9 la demande de fusion \\
{merge} dans {project}",unapproved:"{who} a retir\\xE9 l\\u2019approbation de la demande de fusion {merge} dans {project}",unapproval:"{who} a\\
 retir\\xE9 une approbation de la demande de fusion {merge} dans {project}",reset:"Les approbations de la demande de fusion {merge} dans {pro\\
ject} ont \\xE9t\\xE9 annul\\xE9es, car {who} y a pouss\\xE9",resetOwners:"Les approbations des propri\\xE9taires du code de la demande de fusion {m\\
erge} dans {project} ont \\xE9t\\xE9 annul\\xE9es, car {who} y a pouss\\xE9",systemUnapproved:"GitLab a annul\\xE9 des approbations de la demande de\\
 fusion {merge} dans {project}",merge:"{who} a fusionn\\xE9 {merge} dans la branche {target} de {project}",ready:"{who} a d\\xE9clar\\xE9 pr\\xEAte la de\\
mande de fusion {merge} dans {project}",draft:"{who} a remis en brouillon la demande de fusion {merge} dans {project}",openDraft:"{who} a ou\\
vert la demande de fusion {merge} en brouillon dans {project}",autoMerge:"{who} a programm\\xE9 la fusion automatique de {merge} dans {project}",
autoMergeOff:"{who} a annul\\xE9 la fusion automatique de {merge} dans {project}",changesRequested:"{reviewer} a demand\\xE9 des modifications de\\
 la demande de fusion {merge} dans {project}",resolved:"Toutes les discussions de la demande de fusion {merge} dans {project} sont r\\xE9solues"},
mergeOther:"Demande de fusion {merge} dans {project}\\xA0: {action} ({who})",people:{asked:"{who} a demand\\xE9 \\xE0 {people} de relire {noun} {item\\
} dans {project}",askedAgain:"{who} a de nouveau demand\\xE9 \\xE0 {people} de relire {noun} {item} dans {project}",askedNoMore:"{who} ne dema\\
nde plus \\xE0 {people} de relire {noun} {item} dans {project}",assigned:"{who} a attribu\\xE9 {noun} {item} dans {project} \\xE0 {people}",assignedSelf:"\\
{who} s\\u2019est attribu\\xE9 {noun} {item} dans {project}",unassigned:"{who} n\\u2019attribue plus {noun} {item} dans {project} \\xE0 {people}"},
reviewStates:{unreviewed:"pas encore relu",review_started:"relecture commenc\\xE9e",reviewed:"relu",requested_changes:"modifications demand\\xE9e\\
s",approved:"approuv\\xE9",unapproved:"approbation retir\\xE9e"},note:{create:"{who} a comment\\xE9 {noun} {target} dans {project}",update:"{wh\\
o} a modifi\\xE9 un commentaire sur {noun} {target} dans {project}",nowhere:"{who} a \\xE9crit {target} dans {project}",editedNowhere:"{who} a\\
 modifi\\xE9 {target} dans {project}",hidden:"{who} a \\xE9crit un commentaire confidentiel sur {noun} {target} dans {project}",hiddenEdited:"\\
{who} a modifi\\xE9 un commentaire confidentiel sur {noun} {target} dans {project}",hiddenNowhere:"{who} a \\xE9crit {target} dans {project}, qui\\
 est confidentiel",other:"Commentaire sur {noun} {target} dans {project}\\xA0: {action} ({who})",otherNowhere:"Commentaire dans {project}\\xA0: {\\
action} ({who})",comment:"un commentaire"},commentOn:"un commentaire sur {noun}",pipeline:{success:"Le pipeline {pipeline} a r\\xE9ussi dans {pr\\
oject} sur {ref}{time}{by}",warnings:"Le pipeline {pipeline} a r\\xE9ussi avec des avertissements dans {project} sur {ref}{time}{by}",failed:"\\
Le pipeline {pipeline} a \\xE9chou\\xE9 dans {project} sur {ref}{time}{by}",canceled:"Le pipeline {pipeline} a \\xE9t\\xE9 annul\\xE9 dans {project} sur {\\
ref}{time}{by}",skipped:"Le pipeline {pipeline} a \\xE9t\\xE9 ignor\\xE9 dans {project} sur {ref}{by}"},pipelineRecovered:"Le pipeline {pipelin\\
e} r\\xE9ussit \\xE0 nouveau dans {project} sur {ref}{time}{by}",pipelineOther:"Pipeline {pipeline} dans {project} sur {ref}\\xA0: {status}{by}",
job:{success:"Le job {job} a r\\xE9ussi dans {project} sur {ref}{time}{by}",failed:"Le job {job} a \\xE9chou\\xE9 dans {project} sur {ref}{time}{by}",
canceled:"Le job {job} a \\xE9t\\xE9 annul\\xE9 dans {project} sur {ref}{time}{by}"},jobTolerated:"Le job {job}, qui peut \\xE9chouer, a \\xE9chou\\xE9 dan\\
s {project} sur {ref}{time}{by}",jobRecovered:"Le job {job} r\\xE9ussit \\xE0 nouveau dans {project} sur {ref}{time}{by}",jobOther:"Job {job} \\
dans {project} sur {ref}\\xA0: {status}{by}",time:" au bout de {duration}",day:"j",startedBy:", lanc\\xE9 par {who}",deployment:{success:"{who\\
} a d\\xE9ploy\\xE9 {project} vers {environment}",failed:"Le d\\xE9ploiement de {project} vers {environment} par {who} a \\xE9chou\\xE9",canceled:"\\
Le d\\xE9ploiement de {project} vers {environment} par {who} a \\xE9t\\xE9 annul\\xE9",running:"{who} d\\xE9ploie {project} vers {environment}",blocked:"\\
Le d\\xE9ploiement de {project} vers {environment} par {who} attend une approbation",approved:"{approver} a approuv\\xE9 le d\\xE9ploiement de {proje\\
ct} vers {environment} par {who}",rejected:"{approver} a rejet\\xE9 le d\\xE9ploiement de {project} vers {environment} par {who}"},deploymentRecovered:"\\
{who} a d\\xE9ploy\\xE9 {project} vers {environment}, dont le d\\xE9ploiement pr\\xE9c\\xE9dent avait \\xE9chou\\xE9",deploymentOther:"D\\xE9ploiement \\
de {project} vers {environment} par {who}\\xA0: {status}",statuses:{created:"cr\\xE9\\xE9",waiting_for_resource:"en attente d\\u2019une ressource",
waiting_for_callback:"en attente d\\u2019un rappel",preparing:"en pr\\xE9paration",pending:"en attente",running:"en cours",canceling:"en cours\\
 d\\u2019annulation",manual:"en attente d\\u2019une action manuelle",scheduled:"planifi\\xE9",skipped:"ignor\\xE9",blocked:"bloqu\\xE9"},release:{
create:"La version {release} de {project} a \\xE9t\\xE9 publi\\xE9e",update:"La version {release} de {project} a \\xE9t\\xE9 modifi\\xE9e",delete:"\\
La version {release} de {project} a \\xE9t\\xE9 supprim\\xE9e"},releaseOther:"Version {release} de {project}\\xA0: {action}",wiki:{create:"{who}\\
 a cr\\xE9\\xE9 la page de wiki {page} dans {project}",update:"{who} a modifi\\xE9 la page de wiki {page} dans {project}",delete:"{who} a suppr\\
im\\xE9 la page de wiki {page} dans {project}"},wikiOther:"Page de wiki {page} dans {project}\\xA0: {action} ({who})",milestone:{create:"Le ja\\
lon {milestone} a \\xE9t\\xE9 cr\\xE9\\xE9 dans {project}",close:"Le jalon {milestone} a \\xE9t\\xE9 ferm\\xE9 dans {project}",reopen:"Le jalon {mi\\
lestone} a \\xE9t\\xE9 rouvert dans {project}",update:"Le jalon {milestone} a \\xE9t\\xE9 modifi\\xE9 dans {project}",delete:"Le jalon {milestone\\
} a \\xE9t\\xE9 supprim\\xE9 dans {project}"},milestoneOther:"Jalon {milestone} dans {project}\\xA0: {action}",flagOn:"{who} a activ\\xE9 la fonctio\\
nnalit\\xE9 {flag} dans {project}",flagOff:"{who} a d\\xE9sactiv\\xE9 la fonctionnalit\\xE9 {flag} dans {project}",emojiAward:"{who} a r\\xE9agi par\\
 {emoji} {target} dans {project}",emojiRevoke:"{who} a retir\\xE9 sa r\\xE9action {emoji} {target} dans {project}",member:{add:"{who} a rejoin\\
t {place}",update:"L\\u2019acc\\xE8s de {who} \\xE0 {place} a \\xE9t\\xE9 modifi\\xE9",remove:"{who} n\\u2019est plus membre de {place}",request:"{\\
who} demande l\\u2019acc\\xE8s \\xE0 {place}",denied:"La demande d\\u2019acc\\xE8s de {who} \\xE0 {place} a \\xE9t\\xE9 refus\\xE9e",revoked:"La dema\\
nde d\\u2019acc\\xE8s de {who} \\xE0 {place} a \\xE9t\\xE9 retir\\xE9e"},approval:{enqueue:"Un changement d\\u2019acc\\xE8s, de {before} \\xE0 {after}, attend l\\
\\u2019approbation d\\u2019un administrateur",approve:"Un administrateur a approuv\\xE9 un changement d\\u2019acc\\xE8s",failed:"Un administrateu\\
r a approuv\\xE9 un changement d\\u2019acc\\xE8s, qui n\\u2019a pu \\xEAtre appliqu\\xE9 qu\\u2019en partie",deny:"Un administrateur a refus\\xE9 un ch\\
angement d\\u2019acc\\xE8s",other:"Changement d\\u2019acc\\xE8s\\xA0: {action}"},levels:{minimal_access:"Acc\\xE8s minimal",guest:"Invit\\xE9",planner:"\\
Planificateur",reporter:"Rapporteur",developer:"D\\xE9veloppeur",maintainer:"Mainteneur",owner:"Propri\\xE9taire"},subgroup:{create:"Le groupe\\
 {name} a \\xE9t\\xE9 cr\\xE9\\xE9",destroy:"Le groupe {name} a \\xE9t\\xE9 supprim\\xE9",rename:"Le groupe {name} a \\xE9t\\xE9 renomm\\xE9"},projectEvents:{
create:"Le projet {project} a \\xE9t\\xE9 cr\\xE9\\xE9",destroy:"Le projet {project} a \\xE9t\\xE9 supprim\\xE9",rename:"Le projet {project} a \\xE9t\\xE9 \\
renomm\\xE9",transfer:"Le projet {project} a \\xE9t\\xE9 d\\xE9plac\\xE9",update:"Les param\\xE8tres du projet {project} ont \\xE9t\\xE9 modifi\\xE9s"},
user:{create:"Le compte {who} a \\xE9t\\xE9 cr\\xE9\\xE9",destroy:"Le compte {who} a \\xE9t\\xE9 supprim\\xE9",rename:"Le compte {who} a \\xE9t\\xE9 renomm\\
\\xE9",failedLogin:"Une connexion en tant que {who} a \\xE9chou\\xE9",keyCreate:"{who} a ajout\\xE9 une cl\\xE9 SSH",keyDestroy:"{who} a retir\\xE9 u\\
ne cl\\xE9 SSH"},states:{active:"actif",blocked:"bloqu\\xE9",ldap_blocked:"bloqu\\xE9 par LDAP"},visibilities:{private:"priv\\xE9",internal:"int\\
erne",public:"public"},accessToken:"Le jeton d\\u2019acc\\xE8s {name} de {place} expire le {date}",accessTokenSoon:"Le jeton d\\u2019acc\\xE8s {name} de\\
 {place} expire bient\\xF4t",deployToken:"Le jeton de d\\xE9ploiement {name} de {place} expire le {date}",deployTokenSoon:"Le jeton de d\\xE9ploie\\
ment {name} de {place} expire bient\\xF4t",vulnerability:"La vuln\\xE9rabilit\\xE9 {vulnerability} dans {project} {state}",vulnerabilityOther:"\\
Vuln\\xE9rabilit\\xE9 {vulnerability} dans {project}\\xA0: {state}",vulnerabilityStates:{detected:"est \\xE0 examiner",confirmed:"est confirm\\xE9e",
dismissed:"est \\xE9cart\\xE9e",resolved:"est r\\xE9solue"},severities:{critical:"critique",high:"\\xE9lev\\xE9e",medium:"moyenne",low:"faible",info:"\\
information",unknown:"inconnue"},generic:"GitLab\\xA0: {kind}{object} dans {project}{action}{by}",genericNowhere:"GitLab\\xA0: {kind}{object}{act\\
ion}{by}",unknown:"il s\\u2019est pass\\xE9 quelque chose",fields:{assignees:"Responsables",reviewers:"Relecteurs",labels:"\\xC9tiquettes",branches:"\\
Branches",tags:"Tags",changed:"Modifications",failed:"En \\xE9chec",tolerated:"\\xC9chec tol\\xE9r\\xE9",job:"Job",file:"Fichier",severity:"Grav\\
it\\xE9",scan:"Trouv\\xE9e par",commit:"Commit",mergeRequest:"Demande de fusion",reason:"Raison",pipeline:"Pipeline",stage:"\\xC9tape",access:"\\
Acc\\xE8s",until:"Expiration",before:"Avant",due:"\\xC9ch\\xE9ance",visibility:"Visibilit\\xE9",state:"\\xC9tat"},changes:{title:"titre",description:"\\
description",labelsAdded:"\\xE9tiquettes ajout\\xE9es\\xA0: {names}",labelsRemoved:"\\xE9tiquettes retir\\xE9es\\xA0: {names}",labels:"\\xE9tiquettes",
assignees:"responsables",reviewers:"relecteurs",asked:"relecture demand\\xE9e \\xE0 {people}",askedAgain:"relecture de nouveau demand\\xE9e \\xE0 {peo\\
ple}",askedNoMore:"relecture plus demand\\xE9e \\xE0 {people}",assigned:"attribution \\xE0 {people}",assignedSelf:"attribution \\xE0 {people}",unassigned:"\\
plus d\\u2019attribution \\xE0 {people}",review:"{who}\\xA0: {state}",milestone:"jalon",target:"branche cible\\xA0: {name}",due:"\\xE9ch\\xE9ance",
start:"date de d\\xE9but",confidential:"confidentialit\\xE9",weight:"poids",health:"\\xE9tat de sant\\xE9",estimate:"estimation",time:"temps pas\\
s\\xE9",locked:"verrou de la discussion",commits:"nouveaux commits",severity:"gravit\\xE9",type:"type",escalation:"escalade",moved:"d\\xE9placemen\\
t ailleurs",duplicate:"doublon d\\u2019un autre",contacts:"contacts",iteration:"it\\xE9ration",ready:"pr\\xEAte",draft:"brouillon",autoMerge:"f\\
usion automatique",autoMergeOff:"plus de fusion automatique",resolved:"toutes les discussions r\\xE9solues"}};var overlaid=(texts,own2)=>typeof texts=="string"?typeof own2=="string"&&own2!==""?own2:texts:Array.isArray(texts)?[overlaid(texts[0],at(own2,
"one")),overlaid(texts[1],at(own2,"many"))]:typeof texts!="object"||texts===null?texts:Object.fromEntries(Object.entries(texts).map(([key,text2])=>[
key,overlaid(text2,at(own2,key))]));var WORDING={en,fr},wordsOf=(locale,own2)=>own2?.[locale]===void 0?WORDING[locale]:overlaid(WORDING[locale],own2[locale]);var placeless=(texts,phrases)=>{let bare=value=>typeof value=="string"?phrases.reduce((text2,phrase)=>text2.replace(phrase,""),value):Array.
isArray(value)?value.map(bare):typeof value!="object"||value===null?value:Object.fromEntries(Object.entries(value).map(([key,inner])=>[key,bare(
inner)]));return bare(texts)};var textOf=piece=>piece===void 0?"":piece.kind!=="person"?piece.text:piece.chatName===void 0?piece.name:\`@\${piece.chatName}\`,spoken=(line,{before:before2})=>line.
map((piece,index)=>{let next=line[index+1];return piece.kind==="words"&&next!==void 0?{...piece,text:before2(piece.text,textOf(next))}:piece}),
inLanguage=(message,words2)=>({...message,line:spoken(message.line,words2),fields:message.fields.map(({title,value})=>({title:\`\${title}\${words2.
beforeColon()}\`,value:spoken(value,words2)}))}),announce=(event,settings,memory=NO_MEMORY)=>{let{topic,describe}=describerOf(event),all=wordsOf(
settings.locale,settings.wording),words2=projectPath(event.payload)===""?placeless(all,all.places()):all,context={words:words2,settings,instance:(event.
instance??"").replace(/\\/+$/,""),actor:firstText(at(event.payload,"user","username"),event.payload.user_username),hadFailed:subject2=>hadFailed(
memory,subject2)},described2=describe(event,context);if(described2===void 0)return;let{subject,outcome}=described2,isResult=subject!==void 0&&
(outcome==="failed"||outcome==="succeeded"),recovered=isResult&&outcome==="succeeded"&&context.hadFailed(subject);if(isResult&&remember(memory,
subject,outcome==="failed"),!!isWanted(settings,topic,described2,recovered))return inLanguage(guarded(described2.message,settings.links),words2)};var pathOf=payload=>whereOf(payload).path.slice(0,1e3).toLowerCase(),exactness=(place,path)=>{let project2=place.project?.toLowerCase(),group=place.
group?.toLowerCase();return project2!==void 0?project2===path?1e6:void 0:group===void 0?0:path===group||path.startsWith(\`\${group}/\`)?1+group.
length:void 0},mostExact=(all,path)=>{let fitting2=all.flatMap(each=>{let how=exactness(each,path);return how===void 0?[]:[{each,how}]}),best=Math.
max(...fitting2.map(({how})=>how));return fitting2.filter(({how})=>how===best).map(({each})=>each)},roomsOf=(routes,path)=>[...new Set(mostExact(
routes,path).map(({room})=>room))],filterOf=(filters,room,path)=>{let[found]=mostExact(filters.filter(each=>each.room===room),path);if(found===
void 0)return{};let{room:_room,project:_project,group:_group,...wants}=found;return wants};var COLOURS={good:"#2da160",bad:"#dd2b0e",warning:"#e9a100",plain:"#868686",news:"#1f75cb"},renderPiece=(piece,markup)=>{switch(piece.kind){case"\\
words":return piece.text;case"text":return markup.text(piece.text);case"code":return piece.text===""?"":\`\\\`\${markup.code(piece.text)}\\\`\`;case"\\
link":{let address=webAddress(piece.url);return address===void 0?markup.text(piece.text):\`[\${markup.label(piece.text)||"\\u2026"}](\${address}\\
)\`}case"person":return piece.chatName!==void 0&&markup.isChatName(piece.chatName)?\`@\${piece.chatName}\`:markup.text(piece.name)}},renderLine=(line,markup)=>{
let text2=line.map(piece=>renderPiece(piece,markup)).join("");return line[0]?.kind==="words"?text2:markup.start(text2)},fitting=(message,make,fits2)=>{
let part=message;for(;;){let content=make(part);if(fits2(content)||part.details.length+part.fields.length===0)return content;part=part.details.
length>0?{...part,details:part.details.slice(0,-1)}:{...part,fields:part.fields.slice(0,-1)}}};var MENTION=/@/g,ROOM=/#(?!\\d+(?![\\w.-]))/g,silent=text2=>text2.replace(MENTION,"@\\u2060").replace(ROOM,"#\\u2060"),withoutBrackets=text2=>text2.
replace(/\\[/g,"\\uFF3B").replace(/\\]/g,"\\uFF3D").replace(/</g,"\\uFF1C"),withoutDomains=(text2,hasEscapes)=>hasEscapes?text2.replace(/\\.(?=\\S)/g,
"\\u2024"):text2.replace(/\\.(?=[^\\s\\d])/g,"\\u2024").replace(/(\\d\\.\\d+\\.\\d+)\\.(?=\\d)/g,"$1\\u2024"),escapePart=(text2,hasEscapes)=>withoutDomains(
withoutBrackets(silent(text2)),hasEscapes).replace(/[|\\\\]/g,"$&\\u2060").replace(/[*_~\`]/g,"\\\\$&").replace(/=(?=\\\\)/g,"=\\u2060").replace(/:(?=\\S)/g,
":\\u2060").replace(/\\+(?=[\\d(])/g,"+\\u2060").replace(/local(?=host)/gi,"$&\\u2060"),DOTTED=/(?<=^|[\\s(,"'])[\\w/+-]*\\w(?:\\.[\\w/+-]*\\w)+(?=$|[\\s),;!?"']|\\.(?:\\s|$))/g;var isPlain=(name,hasEscapes)=>!hasEscapes&&/^v?\\d+(?:\\.\\d+){0,2}$/i.test(name)||/^[A-Za-z](?:\\.[A-Za-z])*$/.test(name),escapeText=text2=>{let hasEscapes=/[*~\`]/.
test(text2)||/_/.test(text2.replace(DOTTED,"")),shown="",end=0;for(let found of text2.matchAll(DOTTED)){let[name]=found;name.length>100||isPlain(
name,hasEscapes)||(shown+=\`\${escapePart(text2.slice(end,found.index),hasEscapes)}\\\`\${name}\\\`\`,end=found.index+name.length)}return shown+escapePart(
text2.slice(end),hasEscapes)},escapeCode=text2=>silent(text2).replace(/\`/g,"\\u02CB"),escapeLabel=text2=>withoutBrackets(silent(text2)).replace(
/\\*/g,"\\u2217").replace(/~/g,"\\u223C").replace(/\`/g,"\\u02CB").replace(/\\\\/g,"\\u2216").replace(/\\|/g,"\\u2223").replace(/(^|[^A-Za-z0-9])_|_(?=_)|(?<=_)_/g,
found=>found.replace(/_/g,"\\u02CD")),escapeStart=line=>/^(?:[-+*>]|\\d+[.)])/.test(line)?\`\\u2060\${line}\`:line;var LIMIT=4500,ROCKETCHAT={text:escapeText,label:escapeLabel,code:escapeCode,start:escapeStart,isChatName:name=>/^[\\w-][\\w.-]{0,60}$/.test(name)&&
!/^(all|here)$/i.test(name)},attachmentOf=({details,fields,tone})=>{let text2=details.map(line=>renderLine(line,ROCKETCHAT)).join(\`
\`),rendered=fields.flatMap(({title,value})=>{let shown=renderLine(value,ROCKETCHAT);return title.trim()===""||shown.trim()===""?[]:[{title,value:shown,
short:shown.length<80}]});return text2===""&&rendered.length===0?[]:[{color:COLOURS[tone],...text2===""?{}:{text:text2},...rendered.length===
0?{}:{fields:rendered}}]},renderMessage=(message,room)=>{let text2=renderLine(message.line,ROCKETCHAT);return fitting(message,part=>{let attachments=attachmentOf(
part);return{channel:\`#\${room}\`,text:text2,...attachments.length===0?{}:{attachments},parseUrls:!1}},content=>JSON.stringify(content).length<=
LIMIT)};var NAME=/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,withoutSign=name=>name.replace(/^#/,""),roomNamed=channel=>{let name=typeof channel=="string"?withoutSign(
channel):"";return NAME.test(name)?name:void 0};var rotate=(word,by)=>word>>>by|word<<32-by,firstPrimes=count=>{let primes=[];for(let n=2;primes.length<count;n+=1)primes.every(prime=>n%prime!==
0)&&primes.push(n);return primes},fraction=value=>(value-Math.floor(value))*4294967296|0,PRIMES=firstPrimes(64),ROUNDS=PRIMES.map(prime=>fraction(
Math.cbrt(prime))),START2=PRIMES.slice(0,8).map(prime=>fraction(Math.sqrt(prime))),utf8=text2=>{let bytes=[];for(let char of text2){let point=char.
codePointAt(0)??0,code2=point>=55296&&point<=57343?65533:point;code2<128?bytes.push(code2):code2<2048?bytes.push(192|code2>>6,128|code2&63):
code2<65536?bytes.push(224|code2>>12,128|code2>>6&63,128|code2&63):bytes.push(240|code2>>18,128|code2>>12&63,128|code2>>6&63,128|code2&63)}return bytes},
padded=bytes=>{let bits=bytes.length*8,all=[...bytes,128];for(;all.length%64!==56;)all.push(0);for(let shift=56;shift>=0;shift-=8)all.push(Math.
floor(bits/2**shift)&255);return all},schedule=(bytes,start)=>{let at2=index=>bytes[start+index]??0,words2=[],word=index=>words2[index]??0;for(let i=0;i<
16;i+=1)words2.push(at2(i*4)<<24|at2(i*4+1)<<16|at2(i*4+2)<<8|at2(i*4+3));for(let i=16;i<64;i+=1){let s0=rotate(word(i-15),7)^rotate(word(i-
15),18)^word(i-15)>>>3,s1=rotate(word(i-2),17)^rotate(word(i-2),19)^word(i-2)>>>10;words2.push(word(i-16)+s0+word(i-7)+s1|0)}return words2},
compress=(state,words2)=>{let[a=0,b=0,c=0,d=0,e=0,f=0,g=0,h=0]=state;for(let i=0;i<64;i+=1){let s1=rotate(e,6)^rotate(e,11)^rotate(e,25),t1=h+
s1+(e&f^~e&g)+(ROUNDS[i]??0)+(words2[i]??0)|0,t2=(rotate(a,2)^rotate(a,13)^rotate(a,22))+(a&b^a&c^b&c)|0;[h,g,f,e,d,c,b,a]=[g,f,e,d+t1|0,c,b,
a,t1+t2|0]}return[a,b,c,d,e,f,g,h].map((value,index)=>value+(state[index]??0)|0)},sha256=text2=>{let bytes=padded(utf8(text2)),state=START2;
for(let start=0;start<bytes.length;start+=64)state=compress(state,schedule(bytes,start));return state.map(word=>(word>>>0).toString(16).padStart(
8,"0")).join("")};var DIGEST=/^(?:[0-9a-f]{64}|[0-9a-f]{32})$/,LONGEST2=4096,isSame=(own2,digest)=>{let difference=DIGEST.test(digest)?0:1;for(let i=0;i<digest.
length;i+=1)difference|=(own2.charCodeAt(i)|0)^(digest.charCodeAt(i)|0);return difference===0},openedBy=(given,taken)=>{let text2=typeof given==
"string"&&given.length<=LONGEST2?given:"",own2=sha256(text2),fitting2=taken.filter(({secretSha256})=>isSame(own2,secretSha256)),rooms=taken.
flatMap(({hooks=[]})=>hooks).filter(({tokens})=>tokens.filter(token=>isSame(own2,token)).length>0).map(({room})=>room);if(!(text2===""||fitting2.
length+rooms.length===0))return{isSecret:fitting2.length>0,every:fitting2.some(({hooks})=>hooks===void 0),rooms}};var refuse=(error,why)=>({error:{success:!1,error,why}}),WRONG_SECRET=refuse("wrong-gitlab-token","X-Gitlab-Token is missing or is not the s\\
ecret of this hook; set the same secret in the webhook of GitLab"),NOT_ITS_ROOM=refuse("not-its-room","?channel= must name the room that the\\
 token of this hook was made for, and that is announced in; hooks made by hand name none"),WRONG_ROOM=refuse("wrong-channel","?channel= must\\
 be the name of a room: letters, digits, dot, dash, underscore"),memoryOf=(store,room)=>{let key=\`chatops-up \${room}\`;return{read:()=>{try{return store?.
get(key)}catch{return}},write:value=>{try{store?.set(key,value)}catch{}}}},parsed=json=>{try{return JSON.parse(json)}catch{return}},payloadOf=content=>{
let packed=at(content,"payload");return typeof packed=="string"?record(parsed(packed)):record(content)},opens=({every,rooms},room,{hooks})=>rooms.
includes(room)||every&&(hooks===void 0||hooks.some(each=>each.room===room)),roomsFor=(channel,opened,{payload},settings)=>{if(channel==null||
channel===""){if(!opened.isSecret)return NOT_ITS_ROOM;let routed=roomsOf(settings.routes??[],pathOf(payload));return routed.length===0?[withoutSign(
settings.defaultRoom)]:routed}let named=roomNamed(channel);return named===void 0?WRONG_ROOM:opens(opened,named,settings)?[named]:NOT_ITS_ROOM},
sayIn=(rooms,event,settings,store)=>{let path=pathOf(event.payload);return rooms.flatMap(room=>{let own2={...settings,...filterOf(settings.filters??
[],room,path)},message=announce(event,own2,memoryOf(store,room));return message===void 0?[]:[{room,message}]})},answerOf=([first,...more])=>{
if(first===void 0)return;let content=renderMessage(first.message,first.room);return more.length===0?{content}:{content:{...content,channel:[
first,...more].map(({room})=>\`#\${room}\`),separateResponse:!0}}},answer=(request,settings,store)=>{let opened=openedBy(at(request,"headers","\\
x-gitlab-token"),[settings,...settings.former??[]]);if(opened===void 0)return WRONG_SECRET;let header=text(at(request,"headers","x-gitlab-ev\\
ent")).slice(0,100),instance=text(at(request,"headers","x-gitlab-instance")).slice(0,300),event={header,instance,payload:payloadOf(at(request,
"content")??at(request,"body"))},rooms=roomsFor(at(request,"url","query","channel"),opened,event,settings);return"length"in rooms?answerOf(sayIn(
rooms,event,settings,store)):rooms};return __toCommonJS(script_exports);})();
class Script {
  process_incoming_request(input) {
    return notifier.answer(input && input.request, SETTINGS, typeof Store === 'undefined' ? undefined : Store);
  }
}
`;
