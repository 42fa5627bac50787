import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { serveOrchard } from '../support/page-scenes.ts';

const PAGE = join(import.meta.dirname, '../../dist/page');
const BOUND = 300_000;

const files = readdirSync(PAGE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith('.gz'))
  .map((entry) => join(entry.parentPath, entry.name));

describe('what browsers are sent', () => {
  test('is under 300 kB compressed, all of it', () => {
    const sizes = files.map((file) => gzipSync(readFileSync(file)).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(BOUND);
  });

  test('names no address elsewhere that a browser would load', () => {
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      expect(text.match(/(?:src|href)="https?:|@import|url\(["']?https?:/), file).toBeNull();
    }
  });

  test('is kept for good where its name holds a hash, and asked for again where not; compressed for who can read that', async () => {
    const { ask } = await serveOrchard();
    const page = await ask('/');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    const assets = [...page.text.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(assets).toHaveLength(3);
    for (const asset of assets) {
      const { status, headers } = await ask(asset, { headers: { 'accept-encoding': 'gzip' } });
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(headers.get('content-encoding')).toBe('gzip');
    }
  });

  test('is nothing else: no other file can be had', async () => {
    const { ask } = await serveOrchard();
    for (const path of [
      '/assets/',
      '/assets/../index.html',
      '/assets/%2e%2e/%2e%2e/cli/index.js',
      '/index.js',
      '/cli/index.js',
    ]) {
      const { status, headers } = await ask(path);
      const isPage = headers.get('content-type')?.startsWith('text/html') === true;
      expect(status === 404 || isPage, path).toBe(true);
    }
  });

  test('comes without a token, under a policy that lets nothing else in', async () => {
    const { ask } = await serveOrchard([], { env: { AUDIT_EXTRACT_TOKEN: 'plum-and-pear-and-quince' } });
    const { status, headers } = await ask('/');
    expect(status).toBe(200);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });
});
