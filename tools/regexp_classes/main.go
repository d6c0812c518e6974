// Writes the Unicode classes and case foldings that Go's regexp knows, as src/regexp/classes.txt:
//
//	class <name> <ranges>   the characters of \p{<name>}; the name as package regexp/syntax looks it up
//	folded <name> <ranges>  those of (?i)\p{<name>}, where they are others
//	alias <name> <other>    the same characters as those of an earlier name
//	orbit <characters>      characters that differ in case only
//
// Numbers are hexadecimal. A range is its distance from the end of the one before it, and, after "+", how many
// characters follow its first one.
package main

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
)

func main() {
	fmt.Printf("# Unicode %s, as package regexp/syntax of Go has it; recorded by tools/regexp_classes/record\n", unicode.Version)
	known := map[string]string{}
	for _, name := range names() {
		ranges, ok := class(`\p{` + name + `}`)
		if !ok {
			continue
		}
		folded, _ := class(`(?i)\p{` + name + `}`)
		if other, ok := known[ranges+" "+folded]; ok {
			fmt.Println("alias", name, other)
			continue
		}
		known[ranges+" "+folded] = name
		fmt.Println("class", name, ranges)
		if folded != ranges {
			fmt.Println("folded", name, folded)
		}
	}
	orbits()
}

func names() []string {
	found := map[string]bool{"Any": true, "Assigned": true, "Ascii": true}
	for name := range unicode.Categories {
		found[canonical(name)] = true
	}
	for name := range unicode.Scripts {
		found[canonical(name)] = true
	}
	for name := range unicode.CategoryAliases {
		found[canonical(name)] = true
	}
	var sorted []string
	for name := range found {
		sorted = append(sorted, name)
	}
	// Short names first, so that "L" has the characters and "Letter" is its alias.
	slices.SortFunc(sorted, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	return sorted
}

func canonical(name string) string {
	name = strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(name))
	return strings.ToUpper(name[:1]) + name[1:]
}

func class(pattern string) (string, bool) {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", false
	}
	runes := parsed.Rune
	if parsed.Op == syntax.OpLiteral {
		runes = []rune{runes[0], runes[0]}
	}
	var parts []string
	end := rune(0)
	for i := 0; i < len(runes); i += 2 {
		part := fmt.Sprintf("%x", runes[i]-end)
		if runes[i+1] > runes[i] {
			part += fmt.Sprintf("+%x", runes[i+1]-runes[i])
		}
		parts = append(parts, part)
		end = runes[i+1]
	}
	return strings.Join(parts, " "), true
}

func orbits() {
	for first := rune(0); first <= unicode.MaxRune; first++ {
		orbit := []rune{first}
		for other := unicode.SimpleFold(first); other > first; other = unicode.SimpleFold(other) {
			orbit = append(orbit, other)
		}
		if len(orbit) > 1 && unicode.SimpleFold(orbit[len(orbit)-1]) == first {
			fmt.Println("orbit", strings.Trim(fmt.Sprintf("%x", orbit), "[]"))
		}
	}
}
