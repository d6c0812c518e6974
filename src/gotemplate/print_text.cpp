// Texts, booleans and bytes of a Printer, and the padding of everything.
#include "celldrift/core/utf8.hpp"
#include "gotemplate/printer.hpp"
#include "gotemplate/quote.hpp"

namespace celldrift::gotemplate {

void Printer::write_padding(std::ptrdiff_t count) {
  if (count > 0) {
    // Zeros only to the left.
    write(std::string(std::size_t(count), flags.zero && !flags.minus ? '0' : ' '));
  }
}

void Printer::pad(std::string_view part) {
  if (!flags.has_width || flags.width == 0) {
    return write(part);
  }
  const std::ptrdiff_t padding = flags.width - std::ptrdiff_t(utf8::count(part));
  if (flags.minus) {
    write(part);
    write_padding(padding);
  } else {
    write_padding(padding);
    write(part);
  }
}

std::string_view Printer::truncated(std::string_view content) const {
  if (!flags.has_precision) {
    return content;
  }
  std::size_t size = 0;
  for (int runes = 0; runes < flags.precision && size < content.size(); ++runes) {
    size += utf8::decode(content.substr(size)).length;
  }
  return content.substr(0, size);
}

void Printer::print_bool(const Any& value, char32_t verb) {
  if (verb != 't' && verb != 'v') {
    return print_bad_verb(value, verb);
  }
  pad(value.as_bool() ? "true" : "false");
}

// `content` is `value`, or what its method says of it.
void Printer::print_string(std::string_view content, const Any& value, char32_t verb) {
  switch (verb) {
    case 'v':
      if (flags.sharp_v) {
        return lay_out_quoted(content);
      }
      [[fallthrough]];
    case 's':
      return pad(truncated(content));
    case 'x':
    case 'X':
      return lay_out_hexadecimal(content, verb);
    case 'q':
      return lay_out_quoted(content);
    default:
      return print_bad_verb(value, verb);
  }
}

void Printer::lay_out_quoted(std::string_view content) {
  content = truncated(content);
  if (flags.sharp && can_backquote(content)) {
    return pad('`' + std::string(content) + '`');
  }
  pad(quote_text(content, flags.plus ? Ascii::only : Ascii::no));
}

void Printer::lay_out_hexadecimal(std::string_view bytes, char32_t verb) {
  const std::string_view digits = verb == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
  if (flags.has_precision) {
    bytes = bytes.substr(0, std::size_t(flags.precision));
  }
  if (bytes.empty()) {
    return write_padding(flags.has_width ? flags.width : 0);
  }
  std::string encoded;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    encoded += flags.space && i > 0 ? " " : "";
    if (flags.sharp && (i == 0 || flags.space)) {
      encoded += '0';
      encoded += char(verb);
    }
    const auto byte = static_cast<unsigned char>(bytes[i]);
    encoded += digits[byte >> 4];
    encoded += digits[byte & 15];
  }
  pad(encoded);
}

bool Printer::print_bytes(const Any& slice, char32_t verb, std::string_view type_name) {
  std::string bytes;
  for (const Any& item : slice.items()) {
    bytes += char(item.as_unsigned());
  }
  switch (verb) {
    case 's':
      pad(truncated(bytes));
      return true;
    case 'x':
    case 'X':
      lay_out_hexadecimal(bytes, verb);
      return true;
    case 'q':
      lay_out_quoted(bytes);
      return true;
    case 'v':
    case 'd':
      break;
    default:
      return false;
  }
  write(flags.sharp_v ? type_name : "");
  if (flags.sharp_v && slice.slice_node() == nullptr) {
    write("(nil)");
    return true;
  }
  write(flags.sharp_v ? "{" : "[");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i > 0) {
      write_separator();
    }
    const auto byte = static_cast<unsigned char>(bytes[i]);
    flags.sharp_v ? lay_out_0x(byte, true) : lay_out_integer(byte, false, 10, verb);
  }
  write(flags.sharp_v ? "}" : "]");
  return true;
}

}  // namespace celldrift::gotemplate
