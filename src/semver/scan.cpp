#include "semver/scan.hpp"

namespace celldrift::semver {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_identifier(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

bool is_wildcard(char c) {
  return c == 'x' || c == 'X' || c == '*' || c == '|';
}

class Scanner {
 public:
  Scanner(std::string_view text, NumberPart numbers) : text_(text), numbers_(numbers) {}

  Scanned scan() {
    Scanned found;
    if (at(0) == 'v') {
      position_ = 1;
    }
    found.major = number(position_);
    if (found.major.empty()) {
      return found;
    }
    found.minor = dotted_number();
    found.patch = dotted_number();
    found.prerelease = identifiers_after('-');
    found.metadata = identifiers_after('+');
    found.length = position_;
    return found;
  }

 private:
  char at(std::size_t index) const { return index < text_.size() ? text_[index] : '\0'; }

  bool is_number(char c) const {
    return is_digit(c) || (numbers_ == NumberPart::digits_or_wildcards && is_wildcard(c));
  }

  // Takes the number at `start`, if there is one.
  std::string_view number(std::size_t start) {
    auto end = start;
    while (end < text_.size() && is_number(text_[end])) {
      ++end;
    }
    if (end > start) {
      position_ = end;
    }
    return text_.substr(start, end - start);
  }

  std::string_view dotted_number() {
    return at(position_) == '.' ? number(position_ + 1) : std::string_view{};
  }

  std::size_t end_of_identifier(std::size_t start) const {
    while (start < text_.size() && is_identifier(text_[start])) {
      ++start;
    }
    return start;
  }

  // One identifier or more, separated by dots; a dot that none follows is left alone.
  std::string_view identifiers_after(char sign) {
    const auto start = position_ + 1;
    auto end = at(position_) == sign ? end_of_identifier(start) : start;
    if (end == start) {
      return {};
    }
    while (at(end) == '.' && end_of_identifier(end + 1) > end + 1) {
      end = end_of_identifier(end + 1);
    }
    position_ = end;
    return text_.substr(start, end - start);
  }

  std::string_view text_;
  NumberPart numbers_;
  std::size_t position_ = 0;
};

}  // namespace

Scanned scan(std::string_view text, NumberPart numbers) {
  return Scanner(text, numbers).scan();
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

std::size_t count_spaces(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && is_space(text[count])) {
    ++count;
  }
  return count;
}

}  // namespace celldrift::semver
