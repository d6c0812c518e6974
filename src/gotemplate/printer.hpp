// Printer: Go's fmt.pp. Prints one value after the other to a text, by verbs and flags.
//
// printer.cpp goes through values, print_number.cpp and print_text.cpp lay out what has no parts,
// printf.cpp reads format texts.
#pragma once

#include "celldrift/gotemplate/any.hpp"

#include <span>
#include <string>
#include <string_view>

namespace celldrift::gotemplate {

struct Flags {
  bool has_width = false;
  bool has_precision = false;
  bool minus = false;
  bool plus = false;
  bool sharp = false;
  bool space = false;
  bool zero = false;
  bool plus_v = false;   // %+v
  bool sharp_v = false;  // %#v
  int width = 0;
  int precision = 0;
};

class Printer {
 public:
  Flags flags;
  std::string text;

  void write(std::string_view part);
  void write_rune(char32_t rune);

  // One operand, as printArg.
  void print(const Any& value, char32_t verb);

  // %!verb(type=value)
  void print_bad_verb(const Any& value, char32_t verb);

 private:
  void print_within(const Any& value, char32_t verb, int depth);  // part of a list, map or struct
  void print_kind(const Any& value, char32_t verb, int depth);
  bool print_by_method(const Any& value, char32_t verb);
  void print_items(const Any& slice, char32_t verb, int depth);
  void print_map(const Any& map, char32_t verb, int depth);
  void print_structure(const Any& object, char32_t verb, int depth);
  void print_pointer(const Any& value, char32_t verb, int depth);
  void print_address(const Any& value, char32_t verb);
  void write_separator();

  void print_bool(const Any& value, char32_t verb);
  void print_string(std::string_view content, const Any& value, char32_t verb);
  bool print_bytes(const Any& slice, char32_t verb, std::string_view type_name);
  void print_unsigned(std::uint64_t value, const Any& origin, char32_t verb);
  void print_signed(std::int64_t value, const Any& origin, char32_t verb);
  void print_real(double value, int bits, const Any& origin, char32_t verb);
  void print_complex(const Any& value, char32_t verb);

  // Lay-out, as fmt.fmt.
  void pad(std::string_view part);
  void write_padding(std::ptrdiff_t count);
  std::string_view truncated(std::string_view content) const;
  void lay_out_integer(std::uint64_t magnitude, bool negative, unsigned base, char32_t verb);
  void lay_out_unicode(std::uint64_t code);
  void lay_out_rune(std::uint64_t code);
  void lay_out_quoted_rune(std::uint64_t code);
  void lay_out_real(double value, int bits, char format, int precision);
  void lay_out_quoted(std::string_view content);
  void lay_out_hexadecimal(std::string_view bytes, char32_t verb);
  void lay_out_0x(std::uint64_t value, bool prefix);
  void integer(std::uint64_t magnitude, bool negative, const Any& origin, char32_t verb);

  bool in_error_ = false;  // printing a %!verb(…): methods are not asked, so that it ends
};

// Appends what Sprintf prints.
void print_formatted(Printer& printer, std::string_view format, std::span<const Any> arguments);

}  // namespace celldrift::gotemplate
