/** Generated from src/notifier/rocketchat/script.ts by `UPDATE=1 npx vitest run test/unit/notifier/built.test.ts`. */
export const NOTIFIER_SOURCE = `"use strict";var notifier=(()=>{var __defProp=Object.defineProperty;var __getOwnPropDesc=Object.getOwnPropertyDescriptor;var __getOwnPropNames=Object.getOwnPropertyNames;var __hasOwnProp=Object.prototype.hasOwnProperty;var __export=(target,all)=>{for(var name in all)__defProp(target,name,{get:all[name],enumerable:!0})},__copyProps=(to,from,except,desc)=>{if(from&&
typeof from=="object"||typeof from=="function")for(let key of __getOwnPropNames(from))!__hasOwnProp.call(to,key)&&key!==except&&__defProp(to,
key,{get:()=>from[key],enumerable:!(desc=__getOwnPropDesc(from,key))||desc.enumerable});return to};var __toCommonJS=mod=>__copyProps(__defProp({},"__esModule",{value:!0}),mod);var script_exports={};__export(script_exports,{answer:()=>answer});var HIDDEN=/[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200c\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]+/g,isHalf=char=>/^[\\ud800-\\udfff]$/.
test(char),clean=(value,limit)=>{let line=value.slice(0,limit*8+64).replace(HIDDEN," ").replace(/\\s+/g," ").trim(),chars=Array.from(line,char=>isHalf(
char)?"\\uFFFD":char);return chars.length>limit?\`\${chars.slice(0,limit-1).join("").trimEnd()}\\u2026\`:chars.join("")},firstLine=value=>value.slice(
0,1e4).split(/\\r\\n?|\\n/).find(line=>line.trim()!=="")??"",LIMITS={name:60,title:120,ref:100,path:120,quote:300,status:40};var words=text2=>({kind:"words",text:text2}),outside=text2=>({kind:"text",text:text2}),code=text2=>({kind:"code",text:text2}),link=(text2,url)=>({
kind:"link",text:text2,url}),joined=(parts,separator)=>parts.flatMap((part,index)=>index===0?part:[words(separator),...part]);var asLine=part=>typeof part=="string"?part===""?[]:[outside(part)]:"kind"in part?[part]:part,fill=(template2,parts)=>template2.split(/(\\{\\w+\\})/).
flatMap(bit=>{if(bit==="")return[];let part=/^\\{\\w+\\}$/.test(bit)?parts[bit.slice(1,-1)]:void 0;return part===void 0?[words(bit)]:asLine(part)});var NOTHING={},record=value=>typeof value=="object"&&value!==null&&!Array.isArray(value)?value:NOTHING,at=(value,...path)=>path.reduce((found,key)=>{
let fields=record(found);return Object.hasOwn(fields,key)?fields[key]:void 0},value),list=value=>Array.isArray(value)?value:[],text=value=>typeof value==
"string"?value:typeof value=="number"&&Number.isFinite(value)?String(value):"",firstText=(...values)=>{for(let value of values)if(text(value).
trim()!=="")return text(value);return""},whole=value=>{let written=text(value);return/^\\d{1,15}$/.test(written)?Number(written):void 0},amount=value=>typeof value==
"number"&&Number.isFinite(value)&&value>=0?value:void 0,isSet=value=>value!=null&&value!==!1&&value!==0&&value!==""&&value!=="false";var own=(map,key)=>{let found=at(map,key);return typeof found=="string"&&found!==""?found:void 0},person=(name,username,{settings,words:w})=>{
let login=text(username),shown=clean(firstText(name,username),LIMITS.name)||w.someone,chatName=login===""?void 0:own(settings.people,login);
return chatName===void 0?{kind:"person",name:shown}:{kind:"person",name:shown,chatName}},someone=(user2,context)=>person(at(user2,"name"),at(
user2,"username"),context),people=(users,context)=>list(users).slice(0,5).map(user2=>someone(user2,context)).flatMap((piece,index)=>index===
0?[piece]:[words(", "),piece]),projectOf=payload=>at(payload,"project"),projectUrl=payload=>firstText(at(projectOf(payload),"web_url"),at(projectOf(
payload),"homepage"),at(payload,"repository","homepage")),projectPath=payload=>clean(firstText(at(projectOf(payload),"path_with_namespace"),
at(payload,"path_with_namespace"),at(payload,"project_path_with_namespace"),at(projectOf(payload),"name"),at(payload,"project_name"),at(payload,
"repository","name")),LIMITS.path),project=(payload,{words:w})=>{let path=projectPath(payload);return path===""?words(w.someProject):link(path,
projectUrl(payload))},shortRef=ref=>clean(text(ref).replace(/^refs\\/(heads|tags)\\//,""),LIMITS.ref),refPiece=ref=>code(shortRef(ref)||"?"),shortSha=sha=>clean(
text(sha),40).slice(0,8),grouped=(value,{thousands})=>String(value).replace(/\\B(?=(\\d{3})+$)/g,thousands),counted=(value,forms,w)=>(w.isOne(
value)?forms[0]:forms[1]).replace("{count}",grouped(value,w)),numbered=(sign,item,url,title)=>{let iid=whole(at(item,"iid")),shown=clean(text(
title),LIMITS.title),number=iid===void 0?"":\`\${sign}\${iid}\`;return link([number,shown].filter(part=>part!=="").join(" ")||"?",firstText(url,
at(item,"url")))},quote=value=>{let shown=clean(text(value),LIMITS.quote);return shown===""?[]:[[words("> "),outside(shown)]]},commitTitle=commit2=>clean(
firstText(at(commit2,"title"),firstLine(text(at(commit2,"message")))),LIMITS.title),commitLine=commit2=>{let sha=shortSha(firstText(at(commit2,
"id"),at(commit2,"sha"))),title=commitTitle(commit2),start=link(sha||"?",text(at(commit2,"url")));return title===""?[start]:[start,words(" "),
outside(title)]},field=(title,value)=>value.length===0?[]:[{title,value}],textField=(title,value,limit=LIMITS.title)=>{let shown=clean(text(
value),limit);return shown===""?[]:field(title,[outside(shown)])},say=(template2,parts,{tone="plain",details=[],fields=[]}={})=>({line:fill(
template2,parts),tone,details,fields}),told=(message,more={})=>({message,...more}),pick=(table,key)=>Object.hasOwn(table,key)?table[key]:void 0;var kindOf=({payload})=>text(at(payload,"object_kind"))||text(at(payload,"event_name")),nameOf=event=>kindOf(event)||event.header.toLowerCase().
replace(/ hook$/,"").replace(/[^a-z]+/g,"_").slice(0,60);var span=seconds=>{let total=Math.round(seconds),units=[[Math.floor(total/86400),"d"],[Math.floor(total%86400/3600),"h"],[Math.floor(total%3600/
60),"min"],[total%60,"s"]],first=units.findIndex(([value])=>value>0);return first<0?"0 s":units.slice(first,first+2).filter(([value])=>value>
0).map(([value,unit])=>\`\${value} \${unit}\`).join(" ")};var OUTCOMES={success:"succeeded",failed:"failed",canceled:"other"},ON_THE_WAY=["created","waiting_for_resource","waiting_for_callback","pre\\
paring","pending","running","canceling","manual","scheduled","skipped","blocked"],outcomeOf=status=>pick(OUTCOMES,status)??(ON_THE_WAY.includes(
status)?"intermediate":"other"),toneOf=status=>status==="success"?"good":status==="failed"?"bad":status==="canceled"?"warning":"plain",statusPart=status=>code(
clean(status,LIMITS.status)||"?"),timePart=(duration,{words:w})=>{let seconds=amount(duration);return seconds===void 0||seconds===0?[]:fill(
w.time,{duration:{kind:"words",text:span(seconds)}})},byPart=(user2,context)=>text(at(user2,"name"))===""&&text(at(user2,"username"))===""?[]:
fill(context.words.startedBy,{who:someone(user2,context)}),templateFor=(table,status,recovered,texts)=>recovered?texts.recovered:pick(table,
status)??texts.other;var commitOf=payload=>{let title=clean(text(payload.commit_title),LIMITS.title),sha=shortSha(payload.short_sha);if(sha===""&&title==="")return[];
let start=link(sha||"?",text(payload.commit_url));return title===""?[start]:[start,words(" "),outside(title)]},deployment={topic:"deployment",
tell:({payload},context)=>{let{words:w}=context,status=text(payload.status),environment=clean(text(payload.environment),LIMITS.name)||"?",subject=\`\\
deployment \${projectPath(payload)} \${environment}\`,recovered=status==="success"&&context.hadFailed(subject),parts={who:someone(payload.user,
context),project:project(payload,context),environment:link(environment,text(payload.deployable_url)),status:statusPart(status)},texts={recovered:w.
deploymentRecovered,other:w.deploymentOther},message=say(templateFor(w.deployment,status,recovered,texts),parts,{tone:toneOf(status),fields:field(
w.fields.commit,commitOf(payload))}),branch=shortRef(payload.ref);return told(message,{outcome:outcomeOf(status),subject,...branch===""?{}:{
branch}})}};var saysConfidential=value=>text(value).toLowerCase().includes("confidential"),isConfidential=({header,payload})=>saysConfidential(header)||
saysConfidential(payload.event_type)||isSet(at(payload,"object_attributes","confidential"))||isSet(at(payload,"object_attributes","internal"))||
isSet(at(payload,"issue","confidential"))||isSet(at(payload,"work_item","confidential"))||isSet(at(payload,"note","confidential"))||isSet(at(
payload,"note","internal"));var has=value=>Object.keys(record(value)).length>0,thing=(payload,url,hidden)=>{let{issue:issue3,work_item,merge_request,commit:commit2}=payload,
item=issue3??work_item;return has(item)?{noun:"issue",piece:[numbered("#",item,url,hidden?"":at(item,"title"))]}:has(merge_request)?{noun:"m\\
erge",piece:[numbered("!",merge_request,url,at(merge_request,"title"))]}:has(commit2)?{noun:"commit",piece:[link(shortSha(at(commit2,"id"))||
"?",url)]}:{noun:"other"}},targetOf=(payload,hidden,{words:w})=>{let url=text(at(payload,"object_attributes","awarded_on_url")),{noun,piece}=thing(
payload,url,hidden);return[...has(payload.note)?[words(\`\${w.emojiTargets.note} \`)]:[],words(w.emojiTargets[noun]),...piece===void 0?[]:[words(
" "),...piece]]},emoji={topic:"emoji",tell:(event,context)=>{let{payload}=event,{words:w}=context,award=at(payload,"object_attributes"),hidden=isConfidential(
event),isRevoked=at(payload,"event_type")==="revoke"||at(award,"action")==="revoke",parts={who:someone(payload.user,context),emoji:code(clean(
text(at(award,"name")),LIMITS.name)||"?"),target:targetOf(payload,hidden,context),project:project(payload,context)},details=hidden?[]:quote(
at(payload,"note","note"));return told(say(isRevoked?w.emojiRevoke:w.emojiAward,parts,{details}))}};var featureFlag={topic:"feature_flag",tell:({payload},context)=>{let{words:w}=context,flag=at(payload,"object_attributes"),isOn=at(flag,"act\\
ive")===!0,parts={who:someone(payload.user,context),flag:code(clean(text(at(flag,"name")),LIMITS.name)||"?"),project:project(payload,context)};
return told(say(isOn?w.flagOn:w.flagOff,parts,{tone:isOn?"good":"warning",details:quote(at(flag,"description"))}))}};var generic={topic:"other",tell:(event,context)=>{let{words:w}=context,name=clean(nameOf(event),LIMITS.status),kind=name===""?w.unknown:code(
name);return projectPath(event.payload)===""?told(say(w.genericNowhere,{kind})):told(say(w.generic,{kind,project:project(event.payload,context)}))}};var labelTitles=labels=>list(labels).slice(0,100).map(label=>clean(text(at(label,"title")),LIMITS.name)).filter(title=>title!==""),titlesLine=titles=>titles.
slice(0,8).flatMap((title,index)=>{let piece=outside(title);return index===0?[piece]:[words(", "),piece]});var PLAIN={title:"title",description:"description",assignees:"assignees",assignee_id:"assignees",reviewers:"reviewers",milestone_id:"milesto\\
ne",due_date:"due",confidential:"confidential",weight:"weight",time_estimate:"time",total_time_spent:"time",discussion_locked:"locked",severity:"\\
severity"},labelLines=(change,w)=>{let previous=labelTitles(at(change,"previous")),current=labelTitles(at(change,"current")),added=current.filter(
title=>!previous.includes(title)),removed=previous.filter(title=>!current.includes(title));return[...added.length>0?[fill(w.changes.labelsAdded,
{names:titlesLine(added)})]:[],...removed.length>0?[fill(w.changes.labelsRemoved,{names:titlesLine(removed)})]:[]]},targetLines=(change,w)=>{
let name=clean(text(at(change,"current")),LIMITS.ref);return name===""?[]:[fill(w.changes.target,{name:code(name)})]},changeLines=(changes,w,hidden)=>{
let has2=key=>at(changes,key)!==void 0,names=Object.keys(PLAIN).filter(has2).flatMap(key=>PLAIN[key]??[]),plain=[...new Set(names)].map(name=>[
words(w.changes[name])]);return hidden?has2("labels")?[...plain,[words(w.changes.labels)]]:plain:[...plain,...labelLines(at(changes,"labels"),
w),...targetLines(at(changes,"target_branch"),w)]},changeFields=(payload,{words:w},hidden=!1)=>field(w.fields.changed,joined(changeLines(record(
payload.changes),w,hidden),", ")),flipped=(payload,key)=>{let change=at(payload,"changes",key);if(at(change,"current")===void 0)return;let now=isSet(
at(change,"current"));return now===isSet(at(change,"previous"))?void 0:now};var TONES={open:"news",reopen:"news",close:"good"},nounOf=(payload,hidden,{words:w})=>{let type=text(at(payload,"object_attributes","type")).
toLowerCase()||"issue",noun=pick(w.nouns,type)??w.nouns.other;return hidden?w.confidential.replace("{noun}",noun):noun},openFields=(payload,context)=>{
let{fields}=context.words,assignees=at(payload,"assignees")??[at(payload,"assignee")].filter(one=>at(one,"name")!==void 0);return[...field(fields.
assignees,people(assignees,context)),...field(fields.labels,titlesLine(labelTitles(payload.labels)))]},issue={topic:"issue",tell:(event,context)=>{
let{payload}=event,{words:w}=context,item=at(payload,"object_attributes"),action=text(at(item,"action")),hidden=isConfidential(event),parts={
who:someone(payload.user,context),noun:{kind:"words",text:nounOf(payload,hidden,context)},issue:numbered("#",item,at(item,"url"),hidden?"":at(
item,"title")),project:project(payload,context)},isOpened=action==="open",fields=action==="update"?changeFields(payload,context,hidden):[],message=say(
pick(w.issue,action)??w.issueOther,parts,{tone:pick(TONES,action)??"plain",details:isOpened&&!hidden?quote(at(item,"description")):[],fields:isOpened&&
!hidden?openFields(payload,context):fields});return told(message)}};var jobPiece=(payload,name)=>{let id=whole(payload.build_id),base=projectUrl(payload);return link(name,id===void 0||base===""?"":\`\${base}/-/\\
jobs/\${id}\`)},pipelineField=(payload,{words:w})=>{let id=whole(payload.pipeline_id);if(id===void 0)return[];let base=projectUrl(payload);return field(
w.fields.pipeline,[link(\`#\${id}\`,base===""?"":\`\${base}/-/pipelines/\${id}\`)])},fieldsOf=(payload,status,context)=>{let{fields}=context.words,
stage=clean(text(payload.build_stage),LIMITS.name),reason=clean(text(payload.build_failure_reason),LIMITS.status);return[...field(fields.stage,
stage===""?[]:[code(stage)]),...field(fields.reason,status==="failed"&&reason!==""?[code(reason)]:[]),...pipelineField(payload,context),...textField(
fields.commit,commitTitle(payload.commit))]},job={topic:"job",tell:({payload},context)=>{let{words:w}=context,status=firstText(payload.build_status,
payload.status),name=clean(text(payload.build_name),LIMITS.name)||"?",ref=shortRef(payload.ref),subject=\`job \${projectPath(payload)} \${ref} \${name}\`,
parts={job:jobPiece(payload,name),project:project(payload,context),ref:refPiece(ref),time:timePart(payload.build_duration,context),by:byPart(
payload.user,context),status:statusPart(status)},recovered=status==="success"&&context.hadFailed(subject),template2=templateFor(w.job,status,
recovered,{recovered:w.jobRecovered,other:w.jobOther}),message=say(template2,parts,{tone:toneOf(status),fields:fieldsOf(payload,status,context)}),
isBranch=ref!==""&&at(payload,"tag")!==!0;return told(message,{outcome:outcomeOf(status),subject,...isBranch?{branch:ref}:{}})}};var placeOf=payload=>clean(firstText(payload.project_path_with_namespace,payload.group_path,payload.project_name,payload.group_name),LIMITS.
path),fieldsOf2=(payload,{words:w})=>[...textField(w.fields.access,firstText(payload.group_access,payload.access_level),LIMITS.name),...textField(
w.fields.until,text(payload.expires_at).slice(0,10),LIMITS.status)],member=happening=>({topic:"member",tell:({payload},context)=>{let parts={
who:person(payload.user_name,payload.user_username,context),place:placeOf(payload)||"?"},isLeaving=happening==="remove"||happening==="denied",
fields=isLeaving?[]:fieldsOf2(payload,context);return told(say(context.words.member[happening],parts,{tone:isLeaving?"warning":"news",fields}))}}),
memberApproval={topic:"member",tell:(_event,{words:w})=>told(say(w.member.approval,{}))};var TONES2={open:"news",reopen:"news",merge:"good",approved:"good",approval:"good",unapproved:"warning",unapproval:"warning",close:"warning"},
isDraft=item=>isSet(at(item,"draft"))||isSet(at(item,"work_in_progress")),updateTemplate=(payload,{words:w})=>{let draft=flipped(payload,"dr\\
aft")??flipped(payload,"work_in_progress");return draft!==void 0?draft?w.merge.draft:w.merge.ready:text(at(payload,"object_attributes","oldr\\
ev"))===""?w.merge.update:w.merge.push},templateOf=(payload,action,context)=>{let{merge,mergeOther}=context.words;return action==="update"?updateTemplate(
payload,context):action==="open"&&isDraft(at(payload,"object_attributes"))?merge.openDraft:pick(merge,action)??mergeOther},openFields2=(payload,context)=>{
let{fields}=context.words,item=at(payload,"object_attributes"),branches=joined([[refPiece(at(item,"source_branch"))],[refPiece(at(item,"targ\\
et_branch"))]]," \\u2192 ");return[...field(fields.branches,branches),...field(fields.assignees,people(payload.assignees,context)),...field(fields.
reviewers,people(payload.reviewers,context)),...field(fields.labels,titlesLine(labelTitles(payload.labels)))]},mergeRequest={topic:"merge_re\\
quest",tell:(event,context)=>{let{payload}=event,item=at(payload,"object_attributes"),action=text(at(item,"action")),hidden=isConfidential(event),
isOpened=action==="open"&&!hidden,parts={who:someone(payload.user,context),merge:numbered("!",item,at(item,"url"),hidden?"":at(item,"title")),
project:project(payload,context)},changed=action==="update"?changeFields(payload,context,hidden):[],message=say(templateOf(payload,action,context),
parts,{tone:pick(TONES2,action)??"plain",details:isOpened?quote(at(item,"description")):[],fields:isOpened?openFields2(payload,context):changed}),
branch=shortRef(at(item,"target_branch"));return told(message,branch===""?{}:{branch})}};var milestone={topic:"milestone",tell:({payload},context)=>{let{words:w}=context,item=at(payload,"object_attributes"),iid=whole(at(item,"iid")),
base=projectUrl(payload),address=iid===void 0||base===""?"":\`\${base}/-/milestones/\${iid}\`,parts={milestone:link(clean(text(at(item,"title")),
LIMITS.title)||"?",address),project:project(payload,context)},action=firstText(payload.action,at(item,"action")),message=say(pick(w.milestone,
action)??w.milestone.update,parts,{tone:action==="close"?"good":"news",details:action==="create"?quote(at(item,"description")):[],fields:textField(
w.fields.due,at(item,"due_date"),LIMITS.status)});return told(message)}};var commit={template:w=>w.noteCommit,piece:(payload,url)=>{let sha=shortSha(at(payload,"commit","id"))||shortSha(at(payload,"object_attribut\\
es","commit_id"));return link([sha,commitTitle(payload.commit)].filter(part=>part!=="").join(" ")||"?",url)}},issue2={template:w=>w.noteIssue,
piece:({issue:item,work_item},url,hidden)=>{let target=item??work_item;return numbered("#",target,url,hidden?"":at(target,"title"))}},mergeRequest2={
template:w=>w.noteMerge,piece:({merge_request},url,hidden)=>numbered("!",merge_request,url,hidden?"":at(merge_request,"title"))},snippet={template:w=>w.
noteSnippet,piece:({snippet:item},url,hidden)=>{let id=whole(at(item,"id")),title=hidden?"":clean(text(at(item,"title")),LIMITS.title);return link(
[id===void 0?"":\`$\${id}\`,title].filter(part=>part!=="").join(" ")||"?",url)}},TARGETS=[["commit",commit],["merge_request",mergeRequest2],["i\\
ssue",issue2],["work_item",issue2],["snippet",snippet]],NAMES={Commit:commit,MergeRequest:mergeRequest2,Issue:issue2,WorkItem:issue2,Snippet:snippet,
ProjectSnippet:snippet},targetOf2=payload=>{let type=text(at(payload,"object_attributes","noteable_type"));return(Object.hasOwn(NAMES,type)?
NAMES[type]:void 0)??TARGETS.find(([key])=>Object.keys(record(payload[key])).length>0)?.[1]},templateOf2=(target,hidden,w)=>target===void 0?
hidden?w.noteHiddenOther:w.noteOther:hidden?w.noteHidden:target.template(w),partsOf=(payload,target,hidden,context)=>{let url=text(at(payload,
"object_attributes","url"));return{who:someone(payload.user,context),project:project(payload,context),...target===void 0?{}:{target:target.piece(
payload,url,hidden)}}},note={topic:"note",tell:(event,context)=>{let{payload}=event,hidden=isConfidential(event),target=targetOf2(payload),details=hidden?
[]:quote(at(payload,"object_attributes","note")),template2=templateOf2(target,hidden,context.words);return told(say(template2,partsOf(payload,
target,hidden,context),{details}))}};var SHOWN=5,pipelinePiece=payload=>{let item=at(payload,"object_attributes"),id=whole(at(item,"id")),base=projectUrl(payload),built=id===void 0||
base===""?"":\`\${base}/-/pipelines/\${id}\`;return link(id===void 0?"?":\`#\${id}\`,firstText(at(item,"url"),built))},jobLine=(payload,build)=>{let id=whole(
at(build,"id")),base=projectUrl(payload),stage=clean(text(at(build,"stage")),LIMITS.name)||"?",name=clean(text(at(build,"name")),LIMITS.name)||
"?";return[link(\`\${stage}: \${name}\`,id===void 0||base===""?"":\`\${base}/-/jobs/\${id}\`)]},failedJobs=payload=>list(payload.builds).filter(build=>at(
build,"status")==="failed"&&at(build,"allow_failure")!==!0).slice(0,SHOWN).map(build=>jobLine(payload,build)),mergeField=(payload,{words:w})=>{
let merge=payload.merge_request;return Object.keys(record(merge)).length>0?field(w.fields.mergeRequest,[numbered("!",merge,at(merge,"url"),at(
merge,"title"))]):[]},fieldsOf3=(payload,status,context)=>{let{fields}=context.words,commit2=Object.keys(record(payload.commit)).length>0?commitLine(
payload.commit):[];return[...field(fields.failed,status==="failed"?joined(failedJobs(payload),", "):[]),...field(fields.commit,commit2),...mergeField(
payload,context)]},pipeline={topic:"pipeline",tell:({payload},context)=>{let{words:w}=context,item=at(payload,"object_attributes"),status=text(
at(item,"status")),ref=shortRef(at(item,"ref")),subject=\`pipeline \${projectPath(payload)} \${ref}\`,recovered=status==="success"&&context.hadFailed(
subject),parts={pipeline:pipelinePiece(payload),project:project(payload,context),ref:refPiece(ref),time:timePart(at(item,"duration"),context),
by:byPart(payload.user,context),status:statusPart(status)},texts={recovered:w.pipelineRecovered,other:w.pipelineOther},message=say(templateFor(
w.pipeline,status,recovered,texts),parts,{tone:toneOf(status),fields:fieldsOf3(payload,status,context)}),isBranch=ref!==""&&at(item,"tag")!==
!0;return told(message,{outcome:outcomeOf(status),subject,...isBranch?{branch:ref}:{}})}};var projectEvent=happening=>({topic:"project",tell:({payload},context)=>{let{fields,projectEvents}=context.words,tone=happening==="destroy"?
"warning":"news";return told(say(projectEvents[happening],{project:project(payload,context)},{tone,fields:[...textField(fields.before,payload.
old_path_with_namespace,LIMITS.path),...textField(fields.visibility,clean(text(payload.project_visibility),LIMITS.name))]}))}});var SHOWN2=5,isNothing=sha=>/^0{40,64}$/.test(text(sha)),isSha=sha=>/^[0-9a-f]{40,64}$/.test(text(sha))&&!isNothing(sha),totalOf=payload=>Math.
max(whole(at(payload,"total_commits_count"))??0,list(at(payload,"commits")).length),commitCount=(payload,total,{words:w})=>{let{before,after}=payload,
base=projectUrl(payload),address=base!==""&&isSha(before)&&isSha(after)?\`\${base}/-/compare/\${text(before)}...\${text(after)}\`:"";return link(
counted(total,w.commits,w),address)},commitLines=(payload,total,{words:w})=>{let lines=list(at(payload,"commits")).slice(-SHOWN2).map(commitLine),
rest=total-lines.length;return rest>0&&lines.length>0?[...lines,[words(counted(rest,w.more,w))]]:lines},isMovedBack=(payload,header)=>at(payload,
"forced")===!0||header.trim().toLowerCase()!=="system hook"&&isSha(payload.before)&&isSha(payload.after)&&at(payload,"total_commits_count")===
0,afterLink=payload=>{let base=projectUrl(payload);return link(shortSha(payload.after)||"?",base===""?"":\`\${base}/-/commit/\${text(payload.after)}\`)},
template=(payload,header,total,{words:w})=>isNothing(payload.after)?w.branchGone:isNothing(payload.before)?total>0?w.branchNewWith:w.branchNew:
isMovedBack(payload,header)?w.branchMoved:total>0?w.push:w.pushUncounted,push={topic:"push",tell:({payload,header},context)=>{let total=totalOf(
payload),parts={who:person(firstText(payload.user_name,payload.user_username),payload.user_username,context),ref:refPiece(payload.ref),project:project(
payload,context),commits:commitCount(payload,total,context),commit:afterLink(payload)},details=isNothing(payload.after)?[]:commitLines(payload,
total,context),tone=isMovedBack(payload,header)?"warning":"news";return told(say(template(payload,header,total,context),parts,{tone,details}),
{branch:shortRef(payload.ref)})}};var release={topic:"release",tell:({payload},context)=>{let{words:w}=context,action=text(payload.action),parts={release:link(clean(firstText(
payload.name,payload.tag),LIMITS.title)||"?",text(payload.url)),project:project(payload,context)},details=action==="delete"?[]:quote(payload.
description);return told(say(pick(w.release,action)??w.release.update,parts,{tone:"news",details}))}};var repositoryUpdate={topic:"push",tell:({payload},context)=>{let{words:w}=context,refs=list(payload.refs),names=joined(refs.slice(0,5).map(
ref=>[refPiece(ref)]),", "),parts={who:person(payload.user_name,payload.user_username,context),refs:counted(refs.length,w.refs,w),project:project(
payload,context)};return told(say(w.repositoryUpdate,parts,{tone:"news",fields:field(w.fields.branches,names)}))}};var subgroup=happening=>({topic:"subgroup",tell:({payload},{words:w})=>{let name=clean(firstText(payload.full_path,payload.path,payload.name),
LIMITS.path)||"?",fields=textField(w.fields.before,firstText(payload.old_full_path,payload.old_path),LIMITS.path),tone=happening==="destroy"?
"warning":"news";return told(say(w.subgroup[happening],{name},{tone,fields}))}});var isNothing2=sha=>/^0{40,64}$/.test(text(sha)),tagPush={topic:"tag_push",tell:({payload},context)=>{let{words:w}=context,gone=isNothing2(payload.
after),template2=gone?w.tagGone:isNothing2(payload.before)?w.tagNew:w.tagMoved,parts={who:person(payload.user_name,payload.user_username,context),
ref:refPiece(payload.ref),project:project(payload,context)};return told(say(template2,parts,{tone:"news",details:gone?[]:quote(payload.message)}))}};var placeOf2=(payload,context)=>projectPath(payload)!==""?project(payload,context):{kind:"text",text:clean(firstText(at(payload,"group","ful\\
l_path"),at(payload,"group","group_path"),at(payload,"group","group_name")),LIMITS.path)||"?"},expiring=template2=>({topic:"token",tell:({payload},context)=>{
let{words:w}=context,token=at(payload,"object_attributes"),parts={name:{kind:"code",text:clean(text(at(token,"name")),LIMITS.name)||"?"},place:placeOf2(
payload,context),date:clean(text(at(token,"expires_at")).slice(0,10),LIMITS.status)||w.soon};return told(say(template2(w),parts,{tone:"warni\\
ng"}))}}),accessToken=expiring(w=>w.accessToken),deployToken=expiring(w=>w.deployToken);var user=happening=>({topic:"user",tell:({payload},context)=>{let{words:w}=context,who=person(firstText(payload.username,payload.name),firstText(
payload.username),context),isBad=happening==="failedLogin"||happening==="destroy",fields=[...textField(w.fields.state,payload.state,LIMITS.name),
...textField(w.fields.before,payload.old_username,LIMITS.name)];return told(say(w.user[happening],{who},{tone:isBad?"warning":"plain",fields}))}});var wiki={topic:"wiki_page",tell:({payload},context)=>{let{words:w}=context,page=at(payload,"object_attributes"),title=clean(firstText(at(page,
"title"),at(page,"slug")),LIMITS.title)||"?",parts={who:someone(payload.user,context),page:link(title,text(at(page,"url"))),project:project(
payload,context)},template2=pick(w.wiki,text(at(page,"action")))??w.wiki.update;return told(say(template2,parts,{tone:"news",details:quote(at(
page,"message"))}))}};var TELLERS={push,tag_push:tagPush,repository_update:repositoryUpdate,issue,work_item:issue,note,merge_request:mergeRequest,pipeline,build:job,
job,deployment,release,wiki_page:wiki,milestone,feature_flag:featureFlag,emoji,access_token:accessToken,expiring_access_token:accessToken,deploy_token:deployToken,
expiring_deploy_token:deployToken,user_add_to_group:member("add"),user_update_for_group:member("update"),user_remove_from_group:member("remo\\
ve"),user_access_request_to_group:member("request"),user_access_request_denied_for_group:member("denied"),user_add_to_team:member("add"),user_update_for_team:member(
"update"),user_remove_from_team:member("remove"),user_access_request_to_project:member("request"),user_access_request_denied_for_project:member(
"denied"),gitlab_subscription_member_approval:memberApproval,gitlab_subscription_member_approvals:memberApproval,subgroup_create:subgroup("c\\
reate"),subgroup_destroy:subgroup("destroy"),group_create:subgroup("create"),group_destroy:subgroup("destroy"),group_rename:subgroup("rename"),
project_create:projectEvent("create"),project_destroy:projectEvent("destroy"),project_rename:projectEvent("rename"),project_transfer:projectEvent(
"transfer"),project_update:projectEvent("update"),user_create:user("create"),user_destroy:user("destroy"),user_rename:user("rename"),user_failed_login:user(
"failedLogin"),key_create:user("keyCreate"),key_destroy:user("keyDestroy")},tellerOf=event=>pick(TELLERS,kindOf(event))??generic;var KEPT=200,failedSubjects=memory=>{try{return list(at(JSON.parse(text(memory.read())),"failed")).map(text)}catch{return[]}},hadFailed=(memory,subject)=>failedSubjects(
memory).includes(subject),remember=(memory,subject,failed)=>{let before=failedSubjects(memory);if(before.includes(subject)===failed)return;let others=before.
filter(known=>known!==subject),after=failed?[...others,subject].slice(-KEPT):others;memory.write(JSON.stringify({failed:after}))},NO_MEMORY={
read:()=>{},write:()=>{}};var fits=(pattern,name)=>{let parts=pattern.split("*"),first=parts[0]??"",last=parts[parts.length-1]??"";if(parts.length===1)return pattern===
name;if(!name.startsWith(first)||!name.endsWith(last)||name.length<first.length+last.length)return!1;let from=first.length;for(let part of parts.
slice(1,-1)){let found=name.indexOf(part,from);if(found<0||found+part.length>name.length-last.length)return!1;from=found+part.length}return!0};var isWantedTopic=({events},topic)=>events===void 0||events.includes(topic),isWantedBranch=({branches},branch)=>branches===void 0||branch===
void 0||branches.some(pattern=>fits(pattern,branch)),isWantedOutcome=(settings,{outcome},recovered)=>outcome===void 0?!0:outcome==="intermed\\
iate"?settings.intermediate===!0&&settings.loud!=="failures":settings.loud!=="failures"||outcome==="failed"||recovered,isWanted=(settings,topic,told2,recovered)=>isWantedTopic(
settings,topic)&&isWantedBranch(settings,told2.branch)&&isWantedOutcome(settings,told2,recovered);var en={someone:"somebody",someProject:"a project",thousands:",",isOne:value=>value===1,more:["and {count} more commit","and {count} more co\\
mmits"],commits:["{count} commit","{count} commits"],push:"{who} pushed {commits} to {ref} in {project}",pushUncounted:"{who} pushed to {ref\\
} in {project}",branchNew:"{who} created the branch {ref} in {project}",branchNewWith:"{who} created the branch {ref} with {commits} in {pro\\
ject}",branchGone:"{who} deleted the branch {ref} in {project}",branchMoved:"{who} force-pushed {ref} in {project}: it now ends at {commit}",
tagNew:"{who} created the tag {ref} in {project}",tagGone:"{who} deleted the tag {ref} in {project}",tagMoved:"{who} moved the tag {ref} in \\
{project}",repositoryUpdate:"{who} changed {refs} in {project}",refs:["{count} branch or tag","{count} branches or tags"],nouns:{issue:"issu\\
e",incident:"incident",task:"task",other:"work item"},confidential:"the confidential {noun}",issue:{open:"{who} opened {noun} {issue} in {pr\\
oject}",close:"{who} closed {noun} {issue} in {project}",reopen:"{who} reopened {noun} {issue} in {project}",update:"{who} changed {noun} {i\\
ssue} in {project}"},issueOther:"{noun} {issue} in {project}: news by {who}",merge:{open:"{who} opened merge request {merge} in {project}",close:"\\
{who} closed merge request {merge} in {project}",reopen:"{who} reopened merge request {merge} in {project}",update:"{who} changed merge requ\\
est {merge} in {project}",push:"{who} pushed to merge request {merge} in {project}",approved:"{who} approved merge request {merge} in {proje\\
ct}, which is now approved",approval:"{who} approved merge request {merge} in {project}",unapproved:"{who} withdrew the approval of merge re\\
quest {merge} in {project}",unapproval:"{who} withdrew an approval of merge request {merge} in {project}",merge:"{who} merged {merge} in {pr\\
oject}",ready:"{who} marked merge request {merge} in {project} as ready",draft:"{who} made merge request {merge} in {project} a draft",openDraft:"\\
{who} opened the draft merge request {merge} in {project}"},mergeOther:"Merge request {merge} in {project}: news by {who}",noteCommit:"{who}\\
 commented on commit {target} in {project}",noteIssue:"{who} commented on issue {target} in {project}",noteMerge:"{who} commented on merge r\\
equest {target} in {project}",noteSnippet:"{who} commented on snippet {target} in {project}",noteOther:"{who} commented in {project}",noteHidden:"\\
{who} wrote a confidential comment on {target} in {project}",noteHiddenOther:"{who} wrote a confidential comment in {project}",pipeline:{success:"\\
Pipeline {pipeline} passed in {project} on {ref}{time}{by}",failed:"Pipeline {pipeline} failed in {project} on {ref}{time}{by}",canceled:"Pi\\
peline {pipeline} was canceled in {project} on {ref}{time}{by}",skipped:"Pipeline {pipeline} was skipped in {project} on {ref}{by}"},pipelineRecovered:"\\
Pipeline {pipeline} recovered in {project} on {ref}{time}{by}",pipelineOther:"Pipeline {pipeline} in {project} on {ref}: {status}{by}",job:{
success:"Job {job} passed in {project} on {ref}{time}{by}",failed:"Job {job} failed in {project} on {ref}{time}{by}",canceled:"Job {job} was\\
 canceled in {project} on {ref}{time}{by}"},jobRecovered:"Job {job} recovered in {project} on {ref}{time}{by}",jobOther:"Job {job} in {proje\\
ct} on {ref}: {status}{by}",time:" after {duration}",startedBy:", started by {who}",deployment:{success:"{who} deployed {project} to {enviro\\
nment}",failed:"The deployment of {project} to {environment} by {who} failed",canceled:"The deployment of {project} to {environment} by {who\\
} was canceled",running:"{who} is deploying {project} to {environment}"},deploymentRecovered:"{who} deployed {project} to {environment}, whi\\
ch had failed before",deploymentOther:"Deployment of {project} to {environment} by {who}: {status}",release:{create:"Release {release} of {p\\
roject} was published",update:"Release {release} of {project} was changed",delete:"Release {release} of {project} was deleted"},wiki:{create:"\\
{who} created the wiki page {page} in {project}",update:"{who} changed the wiki page {page} in {project}",delete:"{who} deleted the wiki pag\\
e {page} in {project}"},milestone:{create:"Milestone {milestone} was created in {project}",close:"Milestone {milestone} was closed in {proje\\
ct}",reopen:"Milestone {milestone} was reopened in {project}",update:"Milestone {milestone} was changed in {project}"},flagOn:"{who} turned \\
the feature flag {flag} on in {project}",flagOff:"{who} turned the feature flag {flag} off in {project}",emojiAward:"{who} reacted with {emo\\
ji} to {target} in {project}",emojiRevoke:"{who} took back the reaction {emoji} to {target} in {project}",emojiTargets:{issue:"issue",merge:"\\
merge request",note:"a comment on",commit:"commit",other:"something"},member:{add:"{who} joined {place}",update:"The access of {who} to {pla\\
ce} was changed",remove:"{who} left {place}",request:"{who} asks for access to {place}",denied:"The request of {who} for access to {place} w\\
as denied",approval:"A change of members waits for approval"},subgroup:{create:"The group {name} was created",destroy:"The group {name} was \\
deleted",rename:"The group {name} was renamed"},projectEvents:{create:"The project {project} was created",destroy:"The project {project} was\\
 deleted",rename:"The project {project} was renamed",transfer:"The project {project} was moved",update:"The settings of the project {project\\
} were changed"},user:{create:"The account {who} was created",destroy:"The account {who} was deleted",rename:"The account {who} was renamed",
failedLogin:"A login as {who} failed",keyCreate:"{who} added an SSH key",keyDestroy:"{who} removed an SSH key"},accessToken:"The access toke\\
n {name} of {place} expires on {date}",deployToken:"The deploy token {name} of {place} expires on {date}",soon:"soon",generic:"GitLab: {kind\\
} in {project}",genericNowhere:"GitLab: {kind}",unknown:"something happened",fields:{assignees:"Assignees",reviewers:"Reviewers",labels:"Lab\\
els",branches:"Branches",changed:"Changed",failed:"Failed",commit:"Commit",mergeRequest:"Merge request",reason:"Reason",pipeline:"Pipeline",
stage:"Stage",access:"Access",until:"Until",before:"Before",due:"Due",visibility:"Visibility",state:"State"},changes:{title:"title",description:"\\
description",labelsAdded:"labels added: {names}",labelsRemoved:"labels removed: {names}",labels:"labels",assignees:"assignees",reviewers:"re\\
viewers",milestone:"milestone",target:"target branch: {name}",due:"due date",confidential:"confidentiality",weight:"weight",time:"time",locked:"\\
lock of the discussion",commits:"new commits",severity:"severity"}};var fr={someone:"quelqu\\u2019un",someProject:"un projet",thousands:"\\u202F",isOne:value=>value<2,more:["et {count} autre commit","et {count}\\
 autres commits"],commits:["{count} commit","{count} commits"],push:"{who} a pouss\\xE9 {commits} vers {ref} dans {project}",pushUncounted:"{\\
who} a pouss\\xE9 vers {ref} dans {project}",branchNew:"{who} a cr\\xE9\\xE9 la branche {ref} dans {project}",branchNewWith:"{who} a cr\\xE9\\xE9 la br\\
anche {ref} avec {commits} dans {project}",branchGone:"{who} a supprim\\xE9 la branche {ref} dans {project}",branchMoved:"{who} a forc\\xE9 {ref}\\
 dans {project} : la branche finit maintenant \\xE0 {commit}",tagNew:"{who} a cr\\xE9\\xE9 le tag {ref} dans {project}",tagGone:"{who} a suppri\\
m\\xE9 le tag {ref} dans {project}",tagMoved:"{who} a d\\xE9plac\\xE9 le tag {ref} dans {project}",repositoryUpdate:"{who} a modifi\\xE9 {refs} dan\\
s {project}",refs:["{count} branche ou tag","{count} branches ou tags"],nouns:{issue:"le ticket",incident:"l\\u2019incident",task:"la t\\xE2che",
other:"l\\u2019\\xE9l\\xE9ment"},confidential:"{noun} (confidentiel)",issue:{open:"{who} a ouvert {noun} {issue} dans {project}",close:"{who} a\\
 ferm\\xE9 {noun} {issue} dans {project}",reopen:"{who} a rouvert {noun} {issue} dans {project}",update:"{who} a modifi\\xE9 {noun} {issue} dans \\
{project}"},issueOther:"{noun} {issue} dans {project} : du nouveau par {who}",merge:{open:"{who} a ouvert la demande de fusion {merge} dans \\
{project}",close:"{who} a ferm\\xE9 la demande de fusion {merge} dans {project}",reopen:"{who} a rouvert la demande de fusion {merge} dans {p\\
roject}",update:"{who} a modifi\\xE9 la demande de fusion {merge} dans {project}",push:"{who} a pouss\\xE9 vers la demande de fusion {merge} dans\\
 {project}",approved:"{who} a approuv\\xE9 la demande de fusion {merge} dans {project}, d\\xE9sormais approuv\\xE9e",approval:"{who} a approuv\\xE9\\
 la demande de fusion {merge} dans {project}",unapproved:"{who} a retir\\xE9 l\\u2019approbation de la demande de fusion {merge} dans {project}",
unapproval:"{who} a retir\\xE9 une approbation de la demande de fusion {merge} dans {project}",merge:"{who} a fusionn\\xE9 {merge} dans {project}",
ready:"{who} a d\\xE9clar\\xE9 pr\\xEAte la demande de fusion {merge} dans {project}",draft:"{who} a remis en brouillon la demande de fusion {m\\
erge} dans {project}",openDraft:"{who} a ouvert la demande de fusion {merge} en brouillon dans {project}"},mergeOther:"Demande de fusion {me\\
rge} dans {project} : du nouveau par {who}",noteCommit:"{who} a comment\\xE9 le commit {target} dans {project}",noteIssue:"{who} a comment\\xE9 l\\
e ticket {target} dans {project}",noteMerge:"{who} a comment\\xE9 la demande de fusion {target} dans {project}",noteSnippet:"{who} a comment\\xE9\\
 l\\u2019extrait {target} dans {project}",noteOther:"{who} a \\xE9crit un commentaire dans {project}",noteHidden:"{who} a \\xE9crit un commentaire\\
 confidentiel sur {target} dans {project}",noteHiddenOther:"{who} a \\xE9crit un commentaire confidentiel dans {project}",pipeline:{success:"\\
Le pipeline {pipeline} a r\\xE9ussi dans {project} sur {ref}{time}{by}",failed:"Le pipeline {pipeline} a \\xE9chou\\xE9 dans {project} sur {ref}{time\\
}{by}",canceled:"Le pipeline {pipeline} a \\xE9t\\xE9 annul\\xE9 dans {project} sur {ref}{time}{by}",skipped:"Le pipeline {pipeline} a \\xE9t\\xE9 igno\\
r\\xE9 dans {project} sur {ref}{by}"},pipelineRecovered:"Le pipeline {pipeline} est r\\xE9par\\xE9 dans {project} sur {ref}{time}{by}",pipelineOther:"\\
Pipeline {pipeline} dans {project} sur {ref} : {status}{by}",job:{success:"Le job {job} a r\\xE9ussi dans {project} sur {ref}{time}{by}",failed:"\\
Le job {job} a \\xE9chou\\xE9 dans {project} sur {ref}{time}{by}",canceled:"Le job {job} a \\xE9t\\xE9 annul\\xE9 dans {project} sur {ref}{time}{by}"},
jobRecovered:"Le job {job} est r\\xE9par\\xE9 dans {project} sur {ref}{time}{by}",jobOther:"Job {job} dans {project} sur {ref} : {status}{by}",
time:" en {duration}",startedBy:", lanc\\xE9 par {who}",deployment:{success:"{who} a d\\xE9ploy\\xE9 {project} vers {environment}",failed:"Le d\\
\\xE9ploiement de {project} vers {environment} par {who} a \\xE9chou\\xE9",canceled:"Le d\\xE9ploiement de {project} vers {environment} par {who} a\\
 \\xE9t\\xE9 annul\\xE9",running:"{who} d\\xE9ploie {project} vers {environment}"},deploymentRecovered:"{who} a d\\xE9ploy\\xE9 {project} vers {environm\\
ent}, qui avait \\xE9chou\\xE9 auparavant",deploymentOther:"D\\xE9ploiement de {project} vers {environment} par {who} : {status}",release:{create:"\\
La version {release} de {project} a \\xE9t\\xE9 publi\\xE9e",update:"La version {release} de {project} a \\xE9t\\xE9 modifi\\xE9e",delete:"La vers\\
ion {release} de {project} a \\xE9t\\xE9 supprim\\xE9e"},wiki:{create:"{who} a cr\\xE9\\xE9 la page de wiki {page} dans {project}",update:"{who} \\
a modifi\\xE9 la page de wiki {page} dans {project}",delete:"{who} a supprim\\xE9 la page de wiki {page} dans {project}"},milestone:{create:"L\\
e jalon {milestone} a \\xE9t\\xE9 cr\\xE9\\xE9 dans {project}",close:"Le jalon {milestone} a \\xE9t\\xE9 ferm\\xE9 dans {project}",reopen:"Le jalon\\
 {milestone} a \\xE9t\\xE9 rouvert dans {project}",update:"Le jalon {milestone} a \\xE9t\\xE9 modifi\\xE9 dans {project}"},flagOn:"{who} a activ\\xE9\\
 la fonctionnalit\\xE9 {flag} dans {project}",flagOff:"{who} a d\\xE9sactiv\\xE9 la fonctionnalit\\xE9 {flag} dans {project}",emojiAward:"{who} \\
a r\\xE9agi par {emoji} \\xE0 {target} dans {project}",emojiRevoke:"{who} a retir\\xE9 sa r\\xE9action {emoji} \\xE0 {target} dans {project}",emojiTargets:{
issue:"le ticket",merge:"la demande de fusion",note:"un commentaire sur",commit:"le commit",other:"quelque chose"},member:{add:"{who} a rejo\\
int {place}",update:"L\\u2019acc\\xE8s de {who} \\xE0 {place} a \\xE9t\\xE9 modifi\\xE9",remove:"{who} a quitt\\xE9 {place}",request:"{who} demande\\
 l\\u2019acc\\xE8s \\xE0 {place}",denied:"La demande d\\u2019acc\\xE8s de {who} \\xE0 {place} a \\xE9t\\xE9 refus\\xE9e",approval:"Un changement de m\\
embres attend une approbation"},subgroup:{create:"Le groupe {name} a \\xE9t\\xE9 cr\\xE9\\xE9",destroy:"Le groupe {name} a \\xE9t\\xE9 supprim\\xE9",
rename:"Le groupe {name} a \\xE9t\\xE9 renomm\\xE9"},projectEvents:{create:"Le projet {project} a \\xE9t\\xE9 cr\\xE9\\xE9",destroy:"Le projet {pro\\
ject} a \\xE9t\\xE9 supprim\\xE9",rename:"Le projet {project} a \\xE9t\\xE9 renomm\\xE9",transfer:"Le projet {project} a \\xE9t\\xE9 d\\xE9plac\\xE9",
update:"Les r\\xE9glages du projet {project} ont \\xE9t\\xE9 modifi\\xE9s"},user:{create:"Le compte {who} a \\xE9t\\xE9 cr\\xE9\\xE9",destroy:"Le co\\
mpte {who} a \\xE9t\\xE9 supprim\\xE9",rename:"Le compte {who} a \\xE9t\\xE9 renomm\\xE9",failedLogin:"Une connexion en tant que {who} a \\xE9chou\\xE9",
keyCreate:"{who} a ajout\\xE9 une cl\\xE9 SSH",keyDestroy:"{who} a retir\\xE9 une cl\\xE9 SSH"},accessToken:"Le jeton d\\u2019acc\\xE8s {name} de {place} \\
expire le {date}",deployToken:"Le jeton de d\\xE9ploiement {name} de {place} expire le {date}",soon:"bient\\xF4t",generic:"GitLab : {kind} dan\\
s {project}",genericNowhere:"GitLab : {kind}",unknown:"il s\\u2019est pass\\xE9 quelque chose",fields:{assignees:"Responsables",reviewers:"Rel\\
ecteurs",labels:"\\xC9tiquettes",branches:"Branches",changed:"Modifi\\xE9",failed:"En \\xE9chec",commit:"Commit",mergeRequest:"Demande de fusio\\
n",reason:"Raison",pipeline:"Pipeline",stage:"\\xC9tape",access:"Acc\\xE8s",until:"Jusqu\\u2019au",before:"Avant",due:"\\xC9ch\\xE9ance",visibility:"\\
Visibilit\\xE9",state:"\\xC9tat"},changes:{title:"titre",description:"description",labelsAdded:"\\xE9tiquettes ajout\\xE9es : {names}",labelsRemoved:"\\
\\xE9tiquettes retir\\xE9es : {names}",labels:"\\xE9tiquettes",assignees:"responsables",reviewers:"relecteurs",milestone:"jalon",target:"branch\\
e cible : {name}",due:"\\xE9ch\\xE9ance",confidential:"confidentialit\\xE9",weight:"poids",time:"temps",locked:"verrou de la discussion",commits:"\\
nouveaux commits",severity:"gravit\\xE9"}};var overlaid=(texts,own2)=>typeof texts=="string"?typeof own2=="string"&&own2!==""?own2:texts:Array.isArray(texts)?[overlaid(texts[0],at(own2,
"one")),overlaid(texts[1],at(own2,"many"))]:typeof texts!="object"||texts===null?texts:Object.fromEntries(Object.entries(texts).map(([key,text2])=>[
key,overlaid(text2,at(own2,key))]));var WORDING={en,fr},wordsOf=(locale,own2)=>own2?.[locale]===void 0?WORDING[locale]:overlaid(WORDING[locale],own2[locale]);var announce=(event,settings,memory=NO_MEMORY)=>{let{topic,tell}=tellerOf(event),context={words:wordsOf(settings.locale,settings.wording),settings,
hadFailed:subject2=>hadFailed(memory,subject2)},told2=tell(event,context),{subject,outcome}=told2,isResult=subject!==void 0&&(outcome==="fai\\
led"||outcome==="succeeded"),recovered=isResult&&outcome==="succeeded"&&context.hadFailed(subject);return isResult&&remember(memory,subject,
outcome==="failed"),isWanted(settings,topic,told2,recovered)?told2.message:void 0};var pathOf=payload=>firstText(at(payload,"project","path_with_namespace"),at(payload,"path_with_namespace"),at(payload,"project_path_with_na\\
mespace"),at(payload,"object_attributes","target","path_with_namespace"),at(payload,"group","full_path"),at(payload,"full_path"),at(payload,
"group","group_path"),at(payload,"group_path")).slice(0,1e3).toLowerCase(),exactness=(place,path)=>{let project2=place.project?.toLowerCase(),
group=place.group?.toLowerCase();return project2!==void 0?project2===path?1e6:void 0:group===void 0?0:path===group||path.startsWith(\`\${group}\\
/\`)?1+group.length:void 0},mostExact=(all,path)=>{let fitting2=all.flatMap(each=>{let how=exactness(each,path);return how===void 0?[]:[{each,
how}]}),best=Math.max(...fitting2.map(({how})=>how));return fitting2.filter(({how})=>how===best).map(({each})=>each)},roomsOf=(routes,path)=>[
...new Set(mostExact(routes,path).map(({room})=>room))],filterOf=(filters,room,path)=>{let[found]=mostExact(filters.filter(each=>each.room===
room),path);if(found===void 0)return{};let{room:_room,project:_project,group:_group,...wants}=found;return wants};var WEB=/^(https?):\\/\\/([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(:\\d{1,5})?(?:([/?#])(.*))?$/,hex=byte=>\`%\${byte.toString(16).toUpperCase().
padStart(2,"0")}\`,encoded=rest=>rest.replace(/[^A-Za-z0-9\\-._/?#=&%+,;:]/gu,char=>{let code2=char.codePointAt(0)??0;return code2<128?hex(code2):
code2>=55296&&code2<=57343?"":encodeURIComponent(char)}),webAddress=url=>{if(url.length>400)return;let[,scheme,host,port="",start="",rest=""]=WEB.
exec(url)??[];return scheme===void 0||host===void 0?void 0:\`\${scheme}://\${host}\${port}\${start}\${encoded(rest)}\`.replace(/[.,;:?#]+$/,"")};var COLOURS={good:"#2da160",bad:"#dd2b0e",warning:"#e9a100",plain:"#868686",news:"#1f75cb"},renderPiece=(piece,markup)=>{switch(piece.kind){case"\\
words":return piece.text;case"text":return markup.text(piece.text);case"code":return piece.text===""?"":\`\\\`\${markup.code(piece.text)}\\\`\`;case"\\
link":{let address=webAddress(piece.url);return address===void 0?markup.text(piece.text):\`[\${markup.label(piece.text)||"\\u2026"}](\${address}\\
)\`}case"person":return piece.chatName!==void 0&&markup.isChatName(piece.chatName)?\`@\${piece.chatName}\`:markup.text(piece.name)}},renderLine=(line,markup)=>{
let text2=line.map(piece=>renderPiece(piece,markup)).join("");return line[0]?.kind==="words"?text2:markup.start(text2)},fitting=(message,make,fits2)=>{
let part=message;for(;;){let content=make(part);if(fits2(content)||part.details.length+part.fields.length===0)return content;part=part.details.
length>0?{...part,details:part.details.slice(0,-1)}:{...part,fields:part.fields.slice(0,-1)}}};var MENTION=/@/g,ROOM=/#(?!\\d+(?![\\w.-]))/g,silent=text2=>text2.replace(MENTION,"@\\u2060").replace(ROOM,"#\\u2060"),withoutBrackets=text2=>text2.
replace(/\\[/g,"\\uFF3B").replace(/\\]/g,"\\uFF3D").replace(/</g,"\\uFF1C"),withoutDomains=text2=>/[*_~\`]/.test(text2)?text2.replace(/\\.(?=\\S)/g,
"\\u2024"):text2.replace(/\\.(?=[^\\s\\d])/g,"\\u2024").replace(/(\\d\\.\\d+\\.\\d+)\\.(?=\\d)/g,"$1\\u2024"),escapeText=text2=>withoutDomains(withoutBrackets(
silent(text2))).replace(/[|\\\\]/g,"$&\\u2060").replace(/[*_~\`]/g,"\\\\$&").replace(/:(?=\\S)/g,":\\u2060").replace(/\\+(?=[\\d(])/g,"+\\u2060").replace(
/local(?=host)/gi,"$&\\u2060"),escapeCode=text2=>silent(text2).replace(/\`/g,"\\u02CB"),escapeLabel=text2=>withoutBrackets(silent(text2)).replace(
/\\*/g,"\\u2217").replace(/~/g,"\\u223C").replace(/\`/g,"\\u02CB").replace(/\\\\/g,"\\u2216").replace(/\\|/g,"\\u2223").replace(/(^|[^A-Za-z0-9])_|_(?=_)|(?<=_)_/g,
found=>found.replace(/_/g,"\\u02CD")),escapeStart=line=>/^(?:[-+*>]|\\d+[.)])/.test(line)?\`\\u2060\${line}\`:line;var LIMIT=4500,ROCKETCHAT={text:escapeText,label:escapeLabel,code:escapeCode,start:escapeStart,isChatName:name=>/^[\\w-][\\w.-]{0,60}$/.test(name)&&
!/^(all|here)$/i.test(name)},attachmentOf=({details,fields,tone})=>{let text2=details.map(line=>renderLine(line,ROCKETCHAT)).join(\`
\`),rendered=fields.map(({title,value})=>{let shown=renderLine(value,ROCKETCHAT);return{title,value:shown,short:shown.length<80}});return text2===
""&&rendered.length===0?[]:[{color:COLOURS[tone],...text2===""?{}:{text:text2},...rendered.length===0?{}:{fields:rendered}}]},renderMessage=(message,room)=>{
let text2=renderLine(message.line,ROCKETCHAT);return fitting(message,part=>{let attachments=attachmentOf(part);return{channel:\`#\${room}\`,text:text2,
...attachments.length===0?{}:{attachments},parseUrls:!1}},content=>JSON.stringify(content).length<=LIMIT)};var NAME=/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,withoutSign=name=>name.replace(/^#/,""),roomNamed=channel=>{let name=typeof channel=="string"?withoutSign(
channel):"";return NAME.test(name)?name:void 0};var rotate=(word,by)=>word>>>by|word<<32-by,firstPrimes=count=>{let primes=[];for(let n=2;primes.length<count;n+=1)primes.every(prime=>n%prime!==
0)&&primes.push(n);return primes},fraction=value=>(value-Math.floor(value))*4294967296|0,PRIMES=firstPrimes(64),ROUNDS=PRIMES.map(prime=>fraction(
Math.cbrt(prime))),START=PRIMES.slice(0,8).map(prime=>fraction(Math.sqrt(prime))),utf8=text2=>{let bytes=[];for(let char of text2){let point=char.
codePointAt(0)??0,code2=point>=55296&&point<=57343?65533:point;code2<128?bytes.push(code2):code2<2048?bytes.push(192|code2>>6,128|code2&63):
code2<65536?bytes.push(224|code2>>12,128|code2>>6&63,128|code2&63):bytes.push(240|code2>>18,128|code2>>12&63,128|code2>>6&63,128|code2&63)}return bytes},
padded=bytes=>{let bits=bytes.length*8,all=[...bytes,128];for(;all.length%64!==56;)all.push(0);for(let shift=56;shift>=0;shift-=8)all.push(Math.
floor(bits/2**shift)&255);return all},schedule=(bytes,start)=>{let at2=index=>bytes[start+index]??0,words2=[],word=index=>words2[index]??0;for(let i=0;i<
16;i+=1)words2.push(at2(i*4)<<24|at2(i*4+1)<<16|at2(i*4+2)<<8|at2(i*4+3));for(let i=16;i<64;i+=1){let s0=rotate(word(i-15),7)^rotate(word(i-
15),18)^word(i-15)>>>3,s1=rotate(word(i-2),17)^rotate(word(i-2),19)^word(i-2)>>>10;words2.push(word(i-16)+s0+word(i-7)+s1|0)}return words2},
compress=(state,words2)=>{let[a=0,b=0,c=0,d=0,e=0,f=0,g=0,h=0]=state;for(let i=0;i<64;i+=1){let s1=rotate(e,6)^rotate(e,11)^rotate(e,25),t1=h+
s1+(e&f^~e&g)+(ROUNDS[i]??0)+(words2[i]??0)|0,t2=(rotate(a,2)^rotate(a,13)^rotate(a,22))+(a&b^a&c^b&c)|0;[h,g,f,e,d,c,b,a]=[g,f,e,d+t1|0,c,b,
a,t1+t2|0]}return[a,b,c,d,e,f,g,h].map((value,index)=>value+(state[index]??0)|0)},sha256=text2=>{let bytes=padded(utf8(text2)),state=START;for(let start=0;start<
bytes.length;start+=64)state=compress(state,schedule(bytes,start));return state.map(word=>(word>>>0).toString(16).padStart(8,"0")).join("")};var DIGEST=/^[0-9a-f]{64}$/,LONGEST=4096,isSame=(left,right)=>{let difference=left.length^right.length;for(let i=0;i<64;i+=1)difference|=(left.
charCodeAt(i)|0)^(right.charCodeAt(i)|0);return difference===0},isSecret=(given,digests)=>{let text2=typeof given=="string"&&given.length<=LONGEST?
given:"",own2=sha256(text2);return digests.filter(digest=>isSame(own2,digest)&&DIGEST.test(digest)).length>0&&text2!==""};var refuse=(error,why)=>({error:{success:!1,error,why}}),WRONG_SECRET=refuse("wrong-gitlab-token","X-Gitlab-Token is missing or is not the s\\
ecret of this hook; set the same secret in the webhook of GitLab"),WRONG_ROOM=refuse("wrong-channel","?channel= must be the name of a room: \\
letters, digits, dot, dash, underscore"),memoryOf=(store,room)=>{let key=\`chatops-up \${room}\`;return{read:()=>{try{return store?.get(key)}catch{
return}},write:value=>{try{store?.set(key,value)}catch{}}}},parsed=json=>{try{return JSON.parse(json)}catch{return}},payloadOf=content=>{let packed=at(
content,"payload");return typeof packed=="string"?record(parsed(packed)):record(content)},roomsFor=(channel,{payload},{routes=[],defaultRoom})=>{
if(channel==null||channel===""){let routed=roomsOf(routes,pathOf(payload));return routed.length===0?[withoutSign(defaultRoom)]:routed}let named=roomNamed(
channel);return named===void 0?void 0:[named]},sayIn=(rooms,event,settings,store)=>{let path=pathOf(event.payload);return rooms.flatMap(room=>{
let own2={...settings,...filterOf(settings.filters??[],room,path)},message=announce(event,own2,memoryOf(store,room));return message===void 0?
[]:[{room,message}]})},answerOf=([first,...more])=>{if(first===void 0)return;let content=renderMessage(first.message,first.room);return more.
length===0?{content}:{content:{...content,channel:[first,...more].map(({room})=>\`#\${room}\`),separateResponse:!0}}},answer=(request,settings,store)=>{
let{secretSha256,formerSha256=[]}=settings;if(!isSecret(at(request,"headers","x-gitlab-token"),[secretSha256,...formerSha256]))return WRONG_SECRET;
let event={header:text(at(request,"headers","x-gitlab-event")).slice(0,100),payload:payloadOf(at(request,"content")??at(request,"body"))},rooms=roomsFor(
at(request,"url","query","channel"),event,settings);return rooms===void 0?WRONG_ROOM:answerOf(sayIn(rooms,event,settings,store))};return __toCommonJS(script_exports);})();
class Script {
  process_incoming_request(input) {
    return notifier.answer(input && input.request, SETTINGS, typeof Store === 'undefined' ? undefined : Store);
  }
}
`;
