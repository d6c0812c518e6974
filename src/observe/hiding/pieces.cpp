#include "observe/hiding/pieces.hpp"

#include "observe/hiding/looks.hpp"

#include <algorithm>
#include <vector>

namespace celldrift::observe {
namespace {

constexpr std::string_view line_ends = "\n\r";
constexpr std::string_view word_ends = " \t\"'`,;(){}[]<>|\\";
constexpr std::string_view assigners = "=:";
constexpr std::string_view field_ends = "=&?#:@/";
constexpr std::size_t most_assigners = 8;  // in one word
constexpr int deepest = 3;                 // of JSON within JSON

struct Match {
  const char* begin;
  std::size_t length;
  std::string replacement;
};

// A JSON or YAML string between double quotes, with its simple escapes undone.
std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      result += text[i];
      continue;
    }
    const char c = text[++i];
    result += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
  }
  return result;
}

class Finder {
 public:
  Finder(const Hiding& hiding, int depth) : hiding_(hiding), depth_(depth) {}

  std::vector<Match> find(std::string_view text) {
    if (!take(text, text, depth_ == 0 ? Accept::whole : Accept::any)) {
      quoted(text);
    }
    return std::move(matches_);
  }

 private:
  using Next = void (Finder::*)(std::string_view);

  // True when `piece` is replaced; `meaning` is what it says.
  bool take(std::string_view piece, std::string_view meaning, Accept accept) {
    const bool is_long = meaning.size() >= least_secret_bytes;
    if (!is_long && accept != Accept::whole) {
      return false;
    }
    const bool secret = hiding_.is_secret(meaning, accept);
    if (secret) {
      hide(piece);
    }
    return secret;
  }

  void hide(std::string_view piece) {
    matches_.push_back({piece.data(), piece.size(), hiding_.hidden(piece)});
  }

  void each(std::string_view text, std::string_view ends, Next next) {
    while (text.size() >= least_secret_bytes) {
      const std::size_t end = std::min(text.find_first_of(ends), text.size());
      if (end >= least_secret_bytes) {
        (this->*next)(text.substr(0, end));
      }
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  // Only quoted strings with escapes need to be read as a whole: others are words.
  void quoted(std::string_view text) {
    if (text.find('\\') == text.npos) {
      return each(text, line_ends, &Finder::line);
    }
    while (!text.empty()) {
      const std::size_t open = text.find('"');
      std::size_t close = open == text.npos ? open : open + 1;
      bool escaped = false;
      while (close < text.size() && text[close] != '"') {
        escaped = escaped || text[close] == '\\';
        close += text[close] == '\\' ? 2 : 1;
      }
      if (open == text.npos || close >= text.size()) {
        break;
      }
      const std::string_view inner = text.substr(open + 1, close - open - 1);
      each(text.substr(0, open), line_ends, &Finder::line);
      escaped ? escaped_string(inner) : each(inner, line_ends, &Finder::line);
      text.remove_prefix(close + 1);
    }
    each(text, line_ends, &Finder::line);
  }

  // JSON within JSON. Where something is found deeper than in the text itself, all of it is hidden:
  // there are several ways to escape what stays.
  void escaped_string(std::string_view inner) {
    const std::string meaning = unescaped(inner);
    if (take(inner, meaning, Accept::any)) {
      return;
    }
    const std::size_t before = matches_.size();
    each(inner, line_ends, &Finder::line);
    if (matches_.size() == before && depth_ < deepest &&
        !Finder(hiding_, depth_ + 1).find(meaning).empty()) {
      hide(inner);
    }
  }

  void line(std::string_view text) {
    const std::size_t start = std::min(text.find_first_not_of(" \t"), text.size());
    const std::string_view content = text.substr(start, text.find_last_not_of(" \t") + 1 - start);
    if (!take(content, content, Accept::any)) {
      assigned(content, &Finder::words);
    }
  }

  void words(std::string_view text) { each(text, word_ends, &Finder::word); }

  // In "--password=abc=def" what follows the first "=", or the next; `next` for the rest.
  void assigned(std::string_view text, Next next) {
    std::string_view rest = text;
    for (std::size_t i = 0; i < most_assigners; ++i) {
      const std::size_t at = rest.find_first_of(assigners);
      if (at == rest.npos) {
        break;
      }
      rest.remove_prefix(at + 1);
      const std::string_view value =
          rest.substr(std::min(rest.find_first_not_of(' '), rest.size()));
      if (take(value, value, Accept::any)) {
        return (this->*next)(text.substr(0, text.size() - rest.size()));
      }
    }
    (this->*next)(text);
  }

  void word(std::string_view text) {
    if (!take(text, text, Accept::any)) {
      assigned(text, &Finder::fields);
    }
  }

  // The password of "https://user:password@host" may be made of words.
  void fields(std::string_view text) {
    const std::size_t scheme = text.find("://");
    if (scheme != text.npos) {
      const std::string_view authority =
          text.substr(scheme + 3, text.find_first_of("/?#", scheme + 3) - scheme - 3);
      const std::size_t at = authority.rfind('@');
      const std::size_t colon = authority.find(':');
      if (at != authority.npos && colon < at) {
        const std::string_view password = authority.substr(colon + 1, at - colon - 1);
        if (take(password, password, Accept::any)) {
          const auto before = std::size_t(password.data() - text.data());
          each(text.substr(0, before), field_ends, &Finder::field);
          return each(text.substr(before + password.size()), field_ends, &Finder::field);
        }
      }
    }
    each(text, field_ends, &Finder::field);
  }

  void field(std::string_view text) {
    if (!take(text, text, Accept::random_only) && text.find('.') != text.npos) {
      each(text, ".", &Finder::last);
    }
  }

  void last(std::string_view text) { take(text, text, Accept::random_only); }

  const Hiding& hiding_;
  int depth_;
  std::vector<Match> matches_;
};

}  // namespace

std::optional<std::string> hide_pieces(std::string_view text, const Hiding& hiding) {
  if (text.size() < least_password_bytes) {
    return std::nullopt;
  }
  std::vector<Match> matches = Finder(hiding, 0).find(text);
  if (matches.empty()) {
    return std::nullopt;
  }
  std::ranges::sort(matches, {}, &Match::begin);
  std::string result;
  const char* at = text.data();
  for (const Match& match : matches) {
    result.append(at, match.begin);
    result += match.replacement;
    at = match.begin + match.length;
  }
  result.append(at, text.data() + text.size());
  return result;
}

}  // namespace celldrift::observe
