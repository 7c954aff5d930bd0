// SPDX-License-Identifier: MIT
// @ts-check
// The words of comments as Markdown: with links to what they name.

import { anchorOf, headingOf, methodHeading } from './headings.mjs';

/** @import ts from 'typescript' */
/** @typedef {import('../library/library.mjs').Library} Library */

export class Prose {
  #library;
  /** @type {Map<string, string>} the anchor of each exported name */
  #anchors;

  /** @param {Library} library */
  constructor(library) {
    this.#library = library;
    const names = [...library.exports.values()].flatMap((exported) => [...exported]);
    this.#anchors = new Map(
      names.map(([name, symbol]) => [name, anchorOf(headingOf(name, symbol))]),
    );
  }

  /** What a comment says, without its tags. @param {ts.Symbol} symbol @param {string} [owner] a class, for links to its methods */
  of(symbol, owner) {
    const parts = symbol.getDocumentationComment(this.#library.checker);
    return this.#linked(textOf(parts), owner);
  }

  /** What the comments of overloads say, each once. @param {ts.SignatureDeclaration[]} nodes @param {string} [owner] */
  ofEach(nodes, owner) {
    const texts = nodes.map((node) => {
      const signature = this.#library.checker.getSignatureFromDeclaration(node);
      const parts = signature?.getDocumentationComment(this.#library.checker) ?? [];
      return this.#linked(textOf(parts), owner);
    });
    return [...new Set(texts.filter((text) => text !== ''))];
  }

  /** Likewise in one line, for a cell of a table. @param {ts.Symbol} symbol */
  cell(symbol) {
    return this.of(symbol)
      .replaceAll(/\s*\n\s*/g, ' ')
      .replaceAll('|', '\\|');
  }

  /** The comments of a tag, such as `returns`. @param {ts.Symbol} symbol @param {string} tag @param {string} [owner] */
  tags(symbol, tag, owner) {
    const tags = symbol.getJsDocTags(this.#library.checker).filter(({ name }) => name === tag);
    return [...new Set(tags.map(({ text }) => textOf(text)))].map((text) =>
      this.#linked(text.replaceAll(/\s*\n\s*/g, ' '), owner),
    );
  }

  /** A type as code, in which the names of the page are links. @param {string} type */
  type(type) {
    const pieces = type.split(/(\b[A-Za-z]\w*\b)/).filter((piece) => piece !== '');
    /** @type {{ text: string, anchor: string | undefined }[]} */
    const runs = [];
    let quoted = false;
    for (const piece of pieces) {
      const anchor = quoted ? undefined : this.#anchors.get(piece);
      if ((piece.match(/['"]/g)?.length ?? 0) % 2 === 1) quoted = !quoted;
      const last = runs.at(-1);
      if (last && anchor === undefined && last.anchor === undefined) last.text += piece;
      else runs.push({ text: piece, anchor });
    }
    return runs
      .map(({ text, anchor }) => {
        const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
        if (inner === '') return text;
        const code = `\`${inner.replaceAll('|', '\\|')}\``;
        return `${before}${anchor === undefined ? code : `[${code}](#${anchor})`}${after}`;
      })
      .join('');
  }

  /** @param {string} text @param {string} [owner] */
  #linked(text, owner) {
    return text.replaceAll(/\{@link ([\w.]+)\s*(?:\|\s*)?([^}]*)\}/g, (_, name, words) => {
      const shown = `\`${words || name}\``;
      const [type, method] = name.includes('.') ? name.split('.') : [undefined, name];
      const anchor =
        type === undefined ? this.#anchors.get(name) : anchorOf(methodHeading(type, method));
      const own = owner === undefined ? undefined : anchorOf(methodHeading(owner, name));
      const target = anchor ?? own;
      return target === undefined ? shown : `[${shown}](#${target})`;
    });
  }
}

/** With a bar between what a link leads to and what it says. @param {ts.SymbolDisplayPart[]} [parts] */
function textOf(parts = []) {
  return parts
    .map(({ kind, text }, at) =>
      kind === 'linkText' && parts[at - 1]?.kind === 'linkName' ? ` | ${text.trim()}` : text,
    )
    .join('');
}
