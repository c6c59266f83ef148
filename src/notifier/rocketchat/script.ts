/** Entry of the built script: the bundle's one export, which the class `Script` around it calls. */
export { answer } from './answer.ts';
