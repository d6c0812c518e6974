// Command unicode writes src/core/unicode_tables.cpp: Go's own tables, so that celldrift agrees with Go on every
// character.
//
//	go run ./tools/unicode/main.go > src/core/unicode_tables.cpp
package main

import (
	"fmt"
	"runtime"
	"strconv"
	"unicode"
)

type span struct{ low, high, stride rune }

// spans gives the characters for which is holds, in as few rows as evenly spaced runs allow.
func spans(is func(rune) bool) []span {
	var rows []span
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !is(r) {
			continue
		}
		if n := len(rows); n > 0 {
			last := &rows[n-1]
			if step := r - last.high; step == last.stride || last.low == last.high && step <= 2 {
				last.high, last.stride = r, step
				continue
			}
		}
		rows = append(rows, span{r, r, 1})
	}
	return rows
}

func writeSpans(name string, rows []span) {
	fmt.Printf("constexpr CharacterSpan %s_rows[] = {\n", name)
	for _, row := range rows {
		fmt.Printf("    {0x%04X, 0x%04X, %d},\n", row.low, row.high, row.stride)
	}
	fmt.Printf("};\n\n")
}

func main() {
	fmt.Printf("// Written by tools/unicode/main.go with %s, Unicode %s. Do not edit.\n", runtime.Version(), unicode.Version)
	fmt.Print("// clang-format off\n#include \"core/unicode_tables.hpp\"\n\nnamespace celldrift {\nnamespace {\n\n")
	classes := []struct {
		name string
		is   func(rune) bool
	}{
		{"letters", unicode.IsLetter}, {"digits", unicode.IsDigit}, {"numbers", unicode.IsNumber},
		{"punctuation", unicode.IsPunct}, {"uppercase", unicode.IsUpper}, {"lowercase", unicode.IsLower},
		{"titlecase", unicode.IsTitle}, {"spaces", unicode.IsSpace}, {"printables", strconv.IsPrint},
	}
	for _, class := range classes {
		writeSpans(class.name, spans(class.is))
	}
	fmt.Print("// Deltas to upper, lower and title case; alternating: the row's characters take turns, upper first.\n")
	fmt.Print("constexpr CaseSpan case_rows[] = {\n")
	for _, row := range unicode.CaseRanges {
		if row.Delta[0] == unicode.UpperLower {
			fmt.Printf("    {0x%04X, 0x%04X, 0, 0, 0, true},\n", row.Lo, row.Hi)
		} else {
			fmt.Printf("    {0x%04X, 0x%04X, %d, %d, %d, false},\n", row.Lo, row.Hi, row.Delta[0], row.Delta[1], row.Delta[2])
		}
	}
	fmt.Print("};\n\n}  // namespace\n\n")
	for _, class := range classes {
		fmt.Printf("const std::span<const CharacterSpan> %s = %s_rows;\n", class.name, class.name)
	}
	fmt.Print("const std::span<const CaseSpan> cases = case_rows;\n\n}  // namespace celldrift\n")
}
