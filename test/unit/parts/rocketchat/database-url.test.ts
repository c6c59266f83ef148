import { describe, expect, it } from 'vitest';
import { checkSecret } from '../../../../src/config/secret-rules.ts';
import { DATABASE_URL } from '../../../../src/parts/rocketchat/database-url.ts';

const said = (url: string): string | undefined => checkSecret({ kind: DATABASE_URL }, url);
const END = '/rocketchat?replicaSet=rs0&authSource=admin';

describe('the address of a MongoDB of others', () => {
  it.each([
    `mongodb://chat:s3cret@db-1.example.org:27017,db-2.example.org:27017${END}`,
    `mongodb://db:27017${END}`,
    'mongodb://chat@db:27017/?replicaSet=rs0',
    `mongodb://ch%40t:p%2Fw%3Ad%25@10.0.0.7:27017${END}`,
    `mongodb://[2001:db8::7]:27017${END}`,
    'mongodb+srv://chat:s3cret@cluster0.example.org/rocketchat',
    `MONGODB://db:27017${END}`,
    `mongodb://my-localhost-db:27017${END}`,
  ])('may be %s', (url) => {
    expect(said(url)).toBeUndefined();
  });

  it.each([
    ['http://nonsense', /^does not begin with mongodb:/],
    ['db:27017', /^does not begin with mongodb:/],
    [`mongodb://user:p@ss@host:27017${END}`, /^holds a character of addresses .*%40/],
    [`mongodb://user:p/ss@host:27017${END}`, /^holds a character of addresses/],
    [`mongodb://user:p:ss@host:27017${END}`, /^holds a character of addresses/],
    [`mongodb://user:p#ss@host:27017${END}`, /^holds a character of addresses/],
    [`mongodb://user:100%@host:27017${END}`, /^holds a % .*%25/],
    [`mongodb://user:100%zz@host:27017${END}`, /^holds a %/],
    [`mongodb://localhost:27017${END}`, /^names this machine/],
    [`mongodb://user:pw@db:27017,127.0.0.1:27017${END}`, /^names this machine/],
    [`mongodb://[::1]:27017${END}`, /^names this machine/],
    [`mongodb://LocalHost${END}`, /^names this machine/],
    [`mongodb://db.localhost:27017${END}`, /^names this machine/],
    [`mongodb://db${END}`, /^names a host without its port/],
    [`mongodb://db-1:27017,db-2${END}`, /^names a host without its port/],
    ['mongodb://db:27017/rocketchat', /^names no replica set/],
    ['mongodb://db:27017/rocketchat?replicaSet=', /^names no replica set/],
    [`mongodb://db:27017${END}\n`, /^holds a line end/],
  ])('is not %j', (url, what) => {
    expect(said(url)).toMatch(what);
  });

  it('is refused in words that hold nothing of it', () => {
    expect(said('mongodb://user:hunter2-hunter2@localhost:27017/')).not.toContain('hunter2');
  });
});
