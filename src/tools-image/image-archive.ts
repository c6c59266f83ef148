/** An image in the form of `docker save`, which engines read by `POST /images/load` and people by `docker load`. */
import { sha256Hex } from '../values/sha256.ts';
import { imageConfig, type ToolsDescription } from './description.ts';
import { TAR_END, tarHeader, tarOf, tarPadding } from './tar.ts';

const LAYER = 'layer.tar';

type Labels = Readonly<Record<string, string>>;

const textFile = (path: string, text: string) =>
  ({ path, kind: 'file', mode: 0o644, content: Buffer.from(text, 'utf8') }) as const;

/** Everything before the layer's own bytes. */
const beginning = (description: ToolsDescription, references: readonly string[], labels: Labels): Buffer => {
  const config = imageConfig(description, labels);
  const configFile = `${sha256Hex(config)}.json`;
  const manifest = JSON.stringify([{ Config: configFile, RepoTags: references, Layers: [LAYER] }]);
  const texts = tarOf([textFile('manifest.json', manifest), textFile(configFile, config)]);
  return Buffer.concat([
    texts.subarray(0, texts.length - TAR_END.length),
    tarHeader({ path: LAYER, kind: 'file', mode: 0o644, size: description.size }),
  ]);
};

/**
 * Piece by piece, so that a hundred megabytes never stand in memory.
 * @param references names it is to have: `chatops-up/tools:0.1.0`
 * @param labels of the image, beside ours
 * @throws RangeError when the layer is not as long as the description says
 */
export async function* imageArchive(
  description: ToolsDescription,
  references: readonly string[],
  layer: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  labels: Labels = {},
): AsyncGenerator<Uint8Array> {
  yield beginning(description, references, labels);
  let size = 0;
  for await (const chunk of layer) {
    size += chunk.length;
    yield chunk;
  }
  if (size !== description.size) {
    throw new RangeError(`its layer has ${size} bytes, and should have ${description.size}`);
  }
  yield Buffer.concat([tarPadding(size), TAR_END]);
}
