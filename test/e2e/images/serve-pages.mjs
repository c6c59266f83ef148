/** The main process of the image of a product that is none of ours. */
import { createPages, PORT } from '../../open/pages-server.mjs';

const { PAGES_TOKEN: token, PAGES_INK: ink } = process.env;

createPages({ dir: '/data', token, ink }).listen(PORT);
process.once('SIGTERM', () => process.exit(0));
