#include "fleet/patterns/wildmatch.hpp"

#include <algorithm>
#include <optional>

namespace celldrift::fleet {
namespace {

using Byte = unsigned char;

bool is_lower(Byte c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(Byte c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(Byte c) {
  return c >= '0' && c <= '9';
}
bool is_print(Byte c) {
  return c >= 0x20 && c <= 0x7e;
}
bool is_alnum(Byte c) {
  return is_lower(c) || is_upper(c) || is_digit(c);
}
Byte to_lower(Byte c) {
  return is_upper(c) ? static_cast<Byte>(c + 32) : c;
}

struct NamedClass {
  std::string_view name;
  bool (*has)(Byte c);
};
const NamedClass classes[] = {
    {"alnum", is_alnum},
    {"alpha", [](Byte c) { return is_lower(c) || is_upper(c); }},
    {"blank", [](Byte c) { return c == ' ' || c == '\t'; }},
    {"cntrl", [](Byte c) { return c < 0x20 || c == 0x7f; }},
    {"digit", is_digit},
    {"graph", [](Byte c) { return is_print(c) && c != ' '; }},
    {"lower", is_lower},
    {"print", is_print},
    {"punct", [](Byte c) { return is_print(c) && c != ' ' && !is_alnum(c); }},
    {"space", [](Byte c) { return c == ' ' || (c >= '\t' && c <= '\r'); }},
    {"upper", is_upper},
    {"xdigit", [](Byte c) { return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f'); }},
};

}  // namespace

// Reads a pattern into tokens. False results mean a pattern that matches nothing.
class Wildmatch::Reader {
 public:
  Reader(std::string_view pattern, const WildmatchOptions& options)
      : pattern_(pattern), options_(options) {}

  bool read(std::vector<Token>& tokens) {
    while (at_ < pattern_.size()) {
      const char c = pattern_[at_];
      if (c == '*') {
        read_stars(tokens);
        continue;
      }
      std::optional<Bytes> bytes = c == '?'    ? any()
                                   : c == '['  ? read_class()
                                   : c == '\\' ? read_escaped()
                                               : read_literal();
      if (!bytes) {
        return false;
      }
      tokens.push_back({Token::Kind::one_of, *bytes});
    }
    return true;
  }

 private:
  Byte byte(std::size_t at) const { return at < pattern_.size() ? Byte(pattern_[at]) : Byte(0); }

  Bytes all_but_slash(bool with_slash) const {
    Bytes bytes;
    bytes.set();
    bytes.set('/', with_slash);
    return bytes;
  }

  Bytes any() {
    ++at_;
    return all_but_slash(!options_.stop_at_slash);
  }

  Bytes read_literal() {
    const Byte c = byte(at_++);
    Bytes bytes;
    bytes.set(options_.ignore_case ? to_lower(c) : c);
    return bytes;
  }

  // What is escaped is compared as it is, even where case is ignored.
  std::optional<Bytes> read_escaped() {
    if (at_ + 1 >= pattern_.size()) {
      return std::nullopt;
    }
    Bytes bytes;
    bytes.set(byte(at_ + 1));
    at_ += 2;
    return bytes;
  }

  void read_stars(std::vector<Token>& tokens) {
    const std::size_t begin = at_;
    at_ = std::min(pattern_.find_first_not_of('*', at_), pattern_.size());
    const bool is_whole_segment =
        at_ - begin > 1 && (begin == 0 || pattern_[begin - 1] == '/') &&
        (at_ == pattern_.size() || byte(at_) == '/' || pattern_.substr(at_).starts_with("\\/"));
    if (options_.stop_at_slash && is_whole_segment && byte(at_) == '/') {
      ++at_;
      tokens.push_back({Token::Kind::directories, {}});
      return;
    }
    tokens.push_back(
        {Token::Kind::any_number_of, all_but_slash(!options_.stop_at_slash || is_whole_segment)});
  }

  std::optional<Bytes> read_class() {
    ++at_;
    const bool negated = byte(at_) == '!' || byte(at_) == '^';
    at_ += negated ? 1 : 0;
    Bytes listed;
    Byte previous = 0;
    for (bool first = true; first || byte(at_) != ']'; first = false) {
      if (!read_member(listed, previous)) {
        return std::nullopt;
      }
    }
    ++at_;
    if (negated) {
      listed.flip();
    }
    return options_.stop_at_slash ? listed & all_but_slash(false) : listed;
  }

  bool read_member(Bytes& listed, Byte& previous) {
    const Byte c = byte(at_);
    if (c == 0) {
      return false;
    }
    if (c == '-' && previous != 0 && byte(at_ + 1) != 0 && byte(at_ + 1) != ']') {
      return read_range(listed, previous);
    }
    if (c == '[' && byte(at_ + 1) == ':') {
      return read_named(listed, previous);
    }
    at_ += c == '\\' ? 1 : 0;
    previous = byte(at_);
    if (previous == 0) {
      return false;
    }
    listed.set(previous);
    ++at_;
    return true;
  }

  bool read_range(Bytes& listed, Byte& previous) {
    at_ += byte(at_ + 1) == '\\' ? 2 : 1;
    const Byte last = byte(at_++);
    if (last == 0) {
      return false;
    }
    for (unsigned c = previous; c <= last; ++c) {
      listed.set(c);
      if (options_.ignore_case) {
        listed.set(to_lower(static_cast<Byte>(c)));
      }
    }
    previous = 0;
    return true;
  }

  bool read_named(Bytes& listed, Byte& previous) {
    const std::size_t close = pattern_.find(']', at_ + 2);
    if (close == std::string_view::npos) {
      return false;
    }
    if (close == at_ + 2 || pattern_[close - 1] != ':') {  // a "[" like any other
      listed.set('[');
      previous = '[';
      ++at_;
      return true;
    }
    const std::string_view name = pattern_.substr(at_ + 2, close - 1 - (at_ + 2));
    const auto named = std::ranges::find(classes, name, &NamedClass::name);
    if (named == std::end(classes)) {
      return false;
    }
    for (unsigned c = 1; c < 256; ++c) {
      const bool folded = options_.ignore_case && name == "upper" && is_lower(static_cast<Byte>(c));
      if (named->has(static_cast<Byte>(c)) || folded) {
        listed.set(c);
      }
    }
    previous = 0;
    at_ = close + 1;
    return true;
  }

  std::string_view pattern_;
  const WildmatchOptions& options_;
  std::size_t at_ = 0;
};

Wildmatch::Wildmatch(std::string_view pattern, const WildmatchOptions& options)
    : ignore_case_(options.ignore_case) {
  can_match_ = Reader(pattern, options).read(tokens_);
}

// All places that the tokens so far can reach, together: no pattern takes long.
bool Wildmatch::matches(std::string_view text) const {
  if (!can_match_) {
    return false;
  }
  std::vector<char> places(text.size() + 1, 0);
  places[0] = 1;
  for (const Token& token : tokens_) {
    std::vector<char> next(places.size(), 0);
    bool inside = false;  // a star that began earlier goes on
    for (std::size_t i = 0; i < places.size(); ++i) {
      const Byte c = i == 0 ? 0 : Byte(text[i - 1]);
      const bool fits = i > 0 && token.bytes.test(ignore_case_ ? to_lower(c) : c);
      switch (token.kind) {
        case Token::Kind::one_of:
          next[i] = i > 0 && places[i - 1] && fits;
          break;
        case Token::Kind::any_number_of:
          inside = places[i] || (inside && fits);
          next[i] = inside;
          break;
        case Token::Kind::directories:  // nothing, or anything up to a "/"
          next[i] = places[i] || (inside && c == '/');
          inside = inside || places[i];
          break;
      }
    }
    places = std::move(next);
  }
  return places.back();
}

}  // namespace celldrift::fleet
