import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { transliterate } from 'transliteration';
import { unpackedFont } from './woff';

export interface TextStyle {
  readonly size: number;
  readonly isBold?: boolean;
}

/** A piece of a line that one font has all letters of. */
interface Run {
  readonly font: string;
  readonly text: string;
  readonly width: number;
}

export interface Line {
  readonly runs: readonly Run[];
  readonly width: number;
}

type Script = 'latin' | 'latin-ext';

const packages = createRequire(__filename);
const WEIGHTS = { plain: 400, bold: 600 } as const;
/** The ranges of the two files (their package's unicode-range); a letter of neither is written with the Latin alphabet. */
const LATIN = /[\u0020-\u007e\u00a0-\u00ff\u0131\u0152\u0153\u2010-\u2014\u2018-\u201e\u2020-\u2022\u2026\u20ac\u2212]/;
const LATIN_EXTENDED = /[\u0100-\u0130\u0132-\u0151\u0154-\u02ba\u1e00-\u1e9f]/;

/**
 * Sets text in fonts that travel with the file, as PDF/UA-1 (ISO 14289-1, 7.21.4.1) asks for: the built-in ones of a reader are
 * neither in the file nor have they a letter beyond Western Europe.
 */
export class PdfType {
  constructor(private readonly document: PDFKit.PDFDocument) {
    for (const [name, font] of loadedFonts()) document.registerFont(name, font);
  }

  lineHeight({ size }: TextStyle): number {
    return size * 1.3;
  }

  /** The text broken between words, and within a word only where it alone is wider than the line. */
  lines(text: string, width: number, style: TextStyle): Line[] {
    const lines: Line[] = [];
    let current = '';
    for (const word of printable(text)
      .split(/\s+/)
      .flatMap((each) => this.pieces(each, width, style))) {
      const longer = current === '' ? word : `${current} ${word}`;
      if (current !== '' && this.line(longer, style).width > width) {
        lines.push(this.line(current, style));
        current = word;
      } else {
        current = longer;
      }
    }
    return [...lines, this.line(current, style)];
  }

  draw({ runs }: Line, at: { readonly x: number; readonly y: number }, { size }: TextStyle): void {
    let { x } = at;
    for (const { font, text, width } of runs) {
      this.document.font(font).fontSize(size).text(text, x, at.y, { lineBreak: false });
      x += width;
    }
  }

  private line(text: string, { size, isBold }: TextStyle): Line {
    const weight = isBold ? 'bold' : 'plain';
    const runs = byScript(text).map(({ script, text: piece }) => {
      const font = `${weight} ${script}`;
      return { font, text: piece, width: this.document.font(font).fontSize(size).widthOfString(piece) };
    });
    return { runs, width: runs.reduce((sum, run) => sum + run.width, 0) };
  }

  private pieces(word: string, width: number, style: TextStyle): string[] {
    if (this.line(word, style).width <= width) return [word];
    const letters = Array.from(word);
    let fits = letters.length - 1;
    while (fits > 1 && this.line(letters.slice(0, fits).join(''), style).width > width) fits -= 1;
    return [letters.slice(0, fits).join(''), ...this.pieces(letters.slice(fits).join(''), width, style)];
  }
}

let loaded: readonly (readonly [string, Buffer])[] | undefined;

/** Read once: four files of less than 200 kB together. */
function loadedFonts(): readonly (readonly [string, Buffer])[] {
  loaded ??= Object.entries(WEIGHTS).flatMap(([name, weight]) =>
    ['latin', 'latin-ext'].map((script) => {
      const path = packages.resolve(`@fontsource/fira-sans/files/fira-sans-${script}-${weight}-normal.woff`);
      return [`${name} ${script}`, unpackedFont(readFileSync(path))] as const;
    }),
  );
  return loaded;
}

function printable(text: string): string {
  const letters = Array.from(text.normalize('NFC'), (letter) =>
    LATIN.test(letter) || LATIN_EXTENDED.test(letter) || /\s/.test(letter) ? letter : transliterate(letter),
  );
  return letters.join('').trim();
}

function byScript(text: string): { script: Script; text: string }[] {
  const runs: { script: Script; text: string }[] = [];
  for (const letter of text) {
    const script = LATIN_EXTENDED.test(letter) ? 'latin-ext' : 'latin';
    const last = runs.at(-1);
    if (last?.script === script) last.text += letter;
    else runs.push({ script, text: letter });
  }
  return runs;
}
