// SPDX-License-Identifier: MIT
// @ts-check
// How declarations are written in the documentation: without bodies, defaults and comments.

import ts from 'typescript';
import { isPublic } from '../library/library.mjs';

/** @typedef {import('../library/library.mjs').Library} Library */

const printer = ts.createPrinter({ removeComments: true });
const format =
  ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;

export class Signatures {
  #library;
  /** @type {Set<ts.Symbol>} */
  #exports;

  /** @param {Library} library */
  constructor(library) {
    this.#library = library;
    this.#exports = new Set([...library.exports.values()].flatMap((names) => [...names.values()]));
  }

  /** @param {ts.Node} node */
  print(node) {
    return printer
      .printNode(ts.EmitHint.Unspecified, node, node.getSourceFile())
      .replaceAll(/\s*\n\s*/g, ' ')
      .replaceAll(/(?<=\[) | (?=\])/g, '');
  }

  /** The signatures of a function or method: of its overloads, if it has any. @param {ts.Symbol} symbol */
  of({ declarations = [] }) {
    const functions = declarations.filter(isFunction);
    const overloads = functions.filter((node) => !('body' in node) || node.body === undefined);
    return overloads.length > 0 ? overloads : functions;
  }

  /** `name<T>(parameters): Result` @param {string} name @param {ts.SignatureDeclaration} node */
  write(name, node) {
    const generics = node.typeParameters?.map((one) => this.print(one)).join(', ');
    const parameters = node.parameters.map((one) => this.#parameter(one)).join(', ');
    const call = `${name}${generics ? `<${generics}>` : ''}(${parameters})`;
    return ts.isConstructorDeclaration(node) ? call : `${call}: ${this.#result(node)}`;
  }

  /** @param {ts.ParameterDeclaration} node */
  #parameter(node) {
    const optional = node.questionToken ?? node.initializer;
    const name = `${node.dotDotDotToken ? '...' : ''}${node.name.getText()}${optional ? '?' : ''}`;
    const { checker } = this.#library;
    const type = node.type
      ? this.print(node.type)
      : checker.typeToString(checker.getTypeAtLocation(node), node, format);
    return `${name}: ${type}`;
  }

  /** @param {ts.SignatureDeclaration} node */
  #result(node) {
    if (node.type) return this.print(node.type);
    const { checker } = this.#library;
    const signature = checker.getSignatureFromDeclaration(node);
    return signature ? checker.typeToString(signature.getReturnType(), node, format) : 'void';
  }

  /** The type of a property, as it is declared if the declaration says it. @param {ts.Symbol} property */
  typeOf(property) {
    const { checker } = this.#library;
    const type = checker.getTypeOfSymbol(property);
    const node = property.valueDeclaration;
    const declared = node && typeNodeOf(node);
    if (declared) {
      const [own, given] = [checker.getTypeFromTypeNode(declared), type].map((one) =>
        checker.typeToString(one, undefined, format).replace(/ \| undefined$/, ''),
      );
      if (own === given) return this.print(declared);
    }
    return this.#spelled(type);
  }

  /** The type of a property, a method's as a function. @param {ts.Symbol} member @param {ts.Symbol} owner */
  typeOfMember(member, owner) {
    const [node] = this.of(member);
    const parent = member.valueDeclaration?.parent;
    const own = owner.declarations?.some((one) => one === parent);
    const generic = parent && ts.isInterfaceDeclaration(parent) && parent.typeParameters;
    if (generic && !own) {
      return this.#spelled(this.#library.checker.getTypeOfSymbol(member)).replace(
        /^\((.*)\) \| undefined$/,
        '$1',
      );
    }
    const text = node ? this.#asFunction(node) : this.typeOf(member);
    return member.valueDeclaration ? this.withoutHidden(text, member.valueDeclaration) : text;
  }

  /** @param {ts.SignatureDeclaration} node */
  #asFunction(node) {
    const result = this.#result(node);
    return `${this.write('', node).slice(0, -`: ${result}`.length)} => ${result}`;
  }

  /** A type that no declaration spells as it is: with the names of exported unions. @param {ts.Type} type */
  #spelled(type) {
    const text = this.#library.checker.typeToString(type, undefined, format);
    return text
      .replaceAll(/"([^"']*)"/g, "'$1'")
      .replaceAll(
        /'[\w-]+'(?: \| '[\w-]+')+/g,
        (union) => this.#unions().get(keyOf(union)) ?? union,
      );
  }

  /** @type {Map<string, string> | undefined} */
  #known;

  /** The names of the exported unions of literals, by their members. */
  #unions() {
    if (this.#known !== undefined) return this.#known;
    this.#known = new Map();
    for (const symbol of this.#exports) {
      const literals = this.literalsOf(symbol)?.map(({ text }) => text);
      if (literals !== undefined) this.#known.set(keyOf(literals.join(' | ')), symbol.name);
    }
    return this.#known;
  }

  /**
   * The text of a declaration's type, with the members of a short union in place of a name that is not
   * exported.
   *
   * @param {string} text
   * @param {ts.Node} node
   */
  withoutHidden(text, node) {
    return this.#hiddenIn(node).reduce((shown, symbol) => {
      const literals = this.literalsOf(symbol);
      if (literals === undefined || literals.length > 4) return shown;
      const union = literals.map((one) => one.text).join(' | ');
      return shown.replaceAll(new RegExp(`\\b${symbol.name}\\b`, 'g'), union);
    }, text);
  }

  /** The types of the library that a declaration names and that are not exported. @param {ts.Node} node */
  #hiddenIn(node) {
    return this.namedIn(node).filter((symbol) => !this.#exports.has(symbol));
  }

  /** What a class or interface extends, if that is exported or not of the library. @param {ts.Symbol} symbol @returns {string[]} */
  bases({ declarations = [] }) {
    return declarations.flatMap((node) => {
      if (!ts.isClassDeclaration(node) && !ts.isInterfaceDeclaration(node)) return [];
      const clauses = node.heritageClauses ?? [];
      const extended = clauses.filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
      return extended.flatMap(({ types }) =>
        types.flatMap((type) => {
          const named = this.#library.checker.getSymbolAtLocation(type.expression);
          const base = named && this.#library.resolved(named);
          const own = base?.declarations?.some((one) => this.#library.isOwn(one)) === true;
          if (!base || !own || this.#exports.has(base)) return [this.print(type)];
          const given = (type.typeArguments ?? []).map((argument) => this.print(argument));
          return this.bases(base).map((text) => filledIn(text, base, given));
        }),
      );
    });
  }

  /** The constructor of a class, its own or an inherited one, if programs can call it. @param {ts.Symbol} symbol */
  construction(symbol) {
    if ((symbol.flags & ts.SymbolFlags.Class) === 0) return undefined;
    const type = this.#library.checker.getTypeOfSymbol(symbol);
    const nodes = type
      .getConstructSignatures()
      .flatMap(({ declaration: node }) =>
        node && ts.isConstructorDeclaration(node) ? [node] : [],
      );
    return nodes.find((node) => this.#library.isOwn(node) && isPublic(node));
  }

  /**
   * The literals that a type alias stands for, in the order in which they are declared, each with the
   * declaration that may describe it; undefined if it stands for anything else.
   *
   * @param {ts.Symbol} symbol
   * @returns {{ text: string, symbol: ts.Symbol | undefined }[] | undefined}
   */
  literalsOf(symbol) {
    const { checker } = this.#library;
    const type = this.#library.declaredType(symbol);
    if (!type.isUnion() || !type.types.every((one) => one.isStringLiteral())) return undefined;
    const node = this.#aliasNode(symbol);
    if (node && ts.isTypeOperatorNode(node)) {
      const keys = checker.getPropertiesOfType(checker.getTypeFromTypeNode(node.type));
      return keys.map((key) => ({ text: `'${key.name}'`, symbol: key }));
    }
    if (node && ts.isUnionTypeNode(node) && node.types.every((one) => ts.isLiteralTypeNode(one))) {
      return node.types.map((one) => ({ text: this.print(one), symbol: undefined }));
    }
    const values = type.types.map((one) => (one.isStringLiteral() ? one.value : ''));
    return values.toSorted().map((value) => ({ text: `'${value}'`, symbol: undefined }));
  }

  /** Whether a type alias is a table of properties. @param {ts.Symbol} symbol */
  isTable(symbol) {
    const type = this.#library.declaredType(symbol);
    const isObject = (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
    const generic = this.#parameters(symbol).length > 0;
    return isObject && !generic && type.getCallSignatures().length === 0;
  }

  /** @param {string} name @param {ts.Symbol} symbol a type alias */
  alias(name, symbol) {
    const node = this.#aliasNode(symbol);
    const parameters = this.#parameters(symbol).map((one) => this.print(one));
    const head = `type ${name}${parameters.length > 0 ? `<${parameters.join(', ')}>` : ''}`;
    return node ? `${head} = ${this.print(node)};` : `${head};`;
  }

  /**
   * Likewise; undefined if its meaning names what is not exported.
   *
   * @param {string} name
   * @param {ts.Symbol} symbol
   */
  aliasForReaders(name, symbol) {
    const node = this.#aliasNode(symbol);
    return node && this.#hiddenIn(node).length > 0 ? undefined : this.alias(name, symbol);
  }

  /** @param {ts.Symbol} symbol */
  #aliasNode({ declarations = [] }) {
    return declarations.find((one) => ts.isTypeAliasDeclaration(one))?.type;
  }

  /** @param {ts.Symbol} symbol */
  #parameters({ declarations = [] }) {
    return declarations.flatMap((one) =>
      ts.isTypeAliasDeclaration(one) ? [...(one.typeParameters ?? [])] : [],
    );
  }

  /** The types of the library that a declaration names. @param {ts.Node} node @returns {ts.Symbol[]} */
  namedIn(node) {
    /** @type {ts.Symbol[]} */
    const found = [];
    const visit = (/** @type {ts.Node} */ each) => {
      if (ts.isBlock(each)) return;
      if (ts.isTypeReferenceNode(each) || ts.isExpressionWithTypeArguments(each)) {
        const name = ts.isTypeReferenceNode(each) ? each.typeName : each.expression;
        const symbol = this.#library.checker.getSymbolAtLocation(name);
        const named = symbol && this.#library.resolved(symbol);
        const own = named?.declarations?.some((one) => this.#library.isOwn(one));
        if (named && own && !(named.flags & ts.SymbolFlags.TypeParameter)) found.push(named);
      }
      ts.forEachChild(each, visit);
    };
    visit(node);
    return found;
  }
}

/** @param {ts.Node} node @returns {node is ts.SignatureDeclaration} */
function isFunction(node) {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isCallSignatureDeclaration(node)
  );
}

/** @param {ts.Declaration} node */
function typeNodeOf(node) {
  return ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isAccessor(node)
    ? node.type
    : undefined;
}

/** A union of literals, whatever their order. @param {string} union */
function keyOf(union) {
  return union.split(' | ').toSorted().join(' | ');
}

/**
 * A text with the arguments of a generic class in place of its parameters.
 *
 * @param {string} text
 * @param {ts.Symbol} generic
 * @param {readonly string[]} given
 */
function filledIn(text, { declarations = [] }, given) {
  const parameters = declarations.flatMap((node) =>
    ts.isClassDeclaration(node) ? (node.typeParameters ?? []).map(({ name }) => name.text) : [],
  );
  return parameters.reduce(
    (filled, name, at) => filled.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), given[at] ?? name),
    text,
  );
}
