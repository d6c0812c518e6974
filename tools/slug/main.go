// Prints what gosimple/unidecode writes for each character past ASCII, as src/fleet/templates/transliterations.txt:
//
//	three lines with what Korean syllables are made of: first consonants, vowels, last consonants
//	a line with all distinct texts that other characters are replaced by
//	for each stretch of characters with such texts a line: the first character in hexadecimal, a blank, and two
//	letters per character that number its text: 64 * first + second, each counted from '0'
//
// Texts are separated by tabs; a line end within one is written \n.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gosimple/unidecode"
)

const (
	last    = 0xffff // unidecode knows no more
	letters = 64
)

const firstSyllable, lastSyllable = 0xac00, 0xd7a3

func syllable(first, vowel, end int) string {
	return unidecode.Unidecode(string(rune(firstSyllable + (first*21+vowel)*28 + end)))
}

// syllableParts gives what syllables are made of, told from those that lack the other parts.
func syllableParts() (firsts, vowels, ends []string) {
	const silent = 11
	for vowel := range 21 {
		vowels = append(vowels, syllable(silent, vowel, 0))
	}
	for first := range 19 {
		firsts = append(firsts, strings.TrimSuffix(syllable(first, 0, 0), vowels[0]))
	}
	for end := range 28 {
		ends = append(ends, strings.TrimPrefix(syllable(silent, 0, end), vowels[0]))
	}
	for first := range firsts {
		for vowel := range vowels {
			for end := range ends {
				if syllable(first, vowel, end) != firsts[first]+vowels[vowel]+ends[end] {
					panic("syllables are not the sum of their parts")
				}
			}
		}
	}
	return firsts, vowels, ends
}

// replacement is "" for what the table leaves out: ASCII, Korean syllables, halves of surrogate pairs.
func replacement(point rune) string {
	if point < utf8.RuneSelf || !utf8.ValidRune(point) || point >= firstSyllable && point <= lastSyllable {
		return ""
	}
	return unidecode.Unidecode(string(point))
}

func distinctReplacements() []string {
	var texts []string
	for point := rune(0); point <= last; point++ {
		if text := replacement(point); text != "" {
			texts = append(texts, text)
		}
	}
	slices.Sort(texts)
	texts = slices.Compact(texts)
	if len(texts) > letters*letters || strings.Contains(strings.Join(texts, ""), "\t") ||
		strings.Contains(strings.Join(texts, "\t"), `\n`) {
		panic("the texts do not fit the format")
	}
	return texts
}

func writeTexts(out io.Writer, texts []string) {
	fmt.Fprint(out, strings.ReplaceAll(strings.Join(texts, "\t"), "\n", `\n`))
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	firsts, vowels, ends := syllableParts()
	texts := distinctReplacements()
	for _, line := range [][]string{firsts, vowels, ends} {
		writeTexts(out, line)
		fmt.Fprintln(out)
	}
	writeTexts(out, texts)
	before := false
	for point := rune(0); point <= last; point++ {
		text := replacement(point)
		if text != "" {
			if !before {
				fmt.Fprintf(out, "\n%x ", point)
			}
			number, _ := slices.BinarySearch(texts, text)
			fmt.Fprintf(out, "%c%c", '0'+number/letters, '0'+number%letters)
		}
		before = text != ""
	}
	fmt.Fprintln(out)
}
