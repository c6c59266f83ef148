import type { Chat } from '../chat.ts';
import type { RoomDoc } from '../documents.ts';

export const findRoomByName = (chat: Chat, name: string): RoomDoc | undefined => chat.state.rooms.first('name', name);

export const findRoom = (chat: Chat, idOrName: string): RoomDoc | undefined =>
  chat.state.rooms.get(idOrName) ?? findRoomByName(chat, idOrName);
