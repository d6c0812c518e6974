// What Go's package unicode knows of characters, by Go's own tables (Unicode 15). Points past
// U+10FFFF belong to no class and have no other case.
#pragma once

namespace celldrift {

bool is_letter(char32_t point);       // unicode.IsLetter: category L
bool is_digit(char32_t point);        // unicode.IsDigit: category Nd
bool is_number(char32_t point);       // unicode.IsNumber: category N
bool is_punctuation(char32_t point);  // unicode.IsPunct: category P
bool is_uppercase(char32_t point);    // unicode.IsUpper
bool is_lowercase(char32_t point);    // unicode.IsLower
bool is_titlecase(char32_t point);    // unicode.IsTitle
bool is_space(char32_t point);        // unicode.IsSpace: White_Space
bool is_printable(char32_t point);    // strconv.IsPrint: letters, marks, numbers, symbols, " "

// unicode.ToUpper, ToLower and ToTitle: the simple mappings, one character to one.
char32_t to_upper(char32_t point);
char32_t to_lower(char32_t point);
char32_t to_title(char32_t point);

}  // namespace celldrift
