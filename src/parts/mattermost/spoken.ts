import type { SpokenChat } from '../../contracts/spoken-chat.ts';
import { createChatOf } from './chat.ts';

export const mattermostSpoken: SpokenChat = { name: 'mattermost', chat: createChatOf };
