/** Something that the server tells as it happens. */
export interface ServerEvent {
  readonly id: string;
  readonly name: string;
  readonly data: string;
}

/** Reads server-sent events from text as it comes. EventSource would, too, but can send no token. */
export async function* readEvents(parts: AsyncIterable<string>): AsyncGenerator<ServerEvent> {
  let rest = '';
  for await (const part of parts) {
    const blocks = (rest + part).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event !== undefined) yield event;
    }
  }
}

/** Undefined for a comment, which only says that the server is there. */
function parseEvent(block: string): ServerEvent | undefined {
  const fields = block.split(/\r?\n/).map((line) => /^([a-z]*): ?(.*)$/s.exec(line));
  const valuesOf = (name: string) => fields.flatMap((field) => (field?.[1] === name ? [field[2] ?? ''] : []));
  const data = valuesOf('data');
  if (data.length === 0) return undefined;
  return { id: valuesOf('id').at(-1) ?? '', name: valuesOf('event').at(-1) ?? 'message', data: data.join('\n') };
}

/** The text of an answer, as it comes. */
export async function* textOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      yield decoder.decode(read.value, { stream: true });
    }
  } finally {
    reader.releaseLock();
  }
}
