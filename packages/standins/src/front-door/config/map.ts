/** `map`: a variable whose value follows from another one. */
import type { VariableMap } from './model.ts';
import type { Directive } from './parse.ts';
import { patternOf } from './pattern.ts';
import { cannotObey } from './refusal.ts';
import type { Scope } from './settings.ts';
import { compileTemplate, literal } from './template.ts';

/** @returns the variable it sets, and how */
export const mapOf = ({ args, block = [], line }: Directive, { variables }: Scope): readonly [string, VariableMap] => {
  const [source = '', target = ''] = args;
  const value = ({ args: [text = ''], line: at }: Directive) => compileTemplate(text, variables, at);
  const strange = block.find(({ name }) => name === 'hostnames' || name === 'volatile' || name === 'include');
  if (strange !== undefined) throw cannotObey(`map … ${strange.name}`, strange.line);
  const otherwise = block.find(({ name }) => name === 'default');
  const cases = block.filter(({ name }) => name !== 'default');
  return [
    target.replace(/^\$/, ''),
    {
      source: compileTemplate(source, variables, line),
      exact: new Map(
        cases
          .filter(({ name }) => !name.startsWith('~'))
          .map((each) => [each.name.toLowerCase(), value(each)] as const),
      ),
      patterns: cases
        .filter(({ name }) => name.startsWith('~'))
        .map((each) => ({
          pattern: patternOf(each.name.replace(/^~\*?/, ''), each.name.startsWith('~*') ? 'i' : '', each.line),
          value: value(each),
        })),
      otherwise: otherwise === undefined ? literal('') : value(otherwise),
    },
  ];
};
