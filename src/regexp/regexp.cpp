#include "celldrift/regexp/regexp.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/utf8.hpp"
#include "regexp/expand.hpp"
#include "regexp/subject.hpp"
#include "regexp/translate.hpp"

#include <re2/re2.h>

#include <functional>
#include <limits>
#include <memory>
#include <optional>

namespace celldrift::regexp {
namespace {

// Of one pattern, compiled, and its search. Patterns that need the larger are seldom.
constexpr std::int64_t usual_memory = 8 << 20;
constexpr std::int64_t most_memory = 64 << 20;
constexpr std::size_t most_result = 64u << 20;

// What a search may cost: instructions times bytes, which bounds the worst of RE2's engines (most
// searches cost a few of each byte); and all searches of one text together: bytes looked at.
constexpr double most_steps = 4e9;
constexpr double most_bytes_searched = 1e11;

std::unique_ptr<const RE2> compile(const std::string& pattern, std::int64_t memory) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(memory);
  return std::make_unique<const RE2>(pattern, options);
}

[[noreturn]] void fail_by_cost() {
  throw Error(ErrorCode::limit, "a regular expression would take too long on so long a text");
}

struct Match {
  std::size_t start = 0;
  std::size_t end = 0;
  std::vector<re2::StringPiece> groups;  // as many as were asked for; the first is all of it
};

}  // namespace

struct Regexp::Compiled {
  explicit Compiled(std::string_view pattern) : Compiled(pattern, translate(pattern)) {}

  Compiled(std::string_view pattern, Translated translated)
      : names(std::move(translated.names)),
        is_empty(pattern.empty()),
        has_no_boundary(translated.has_no_boundary),
        re2(compile(translated.pattern, usual_memory)) {
    if (!re2->ok()) {  // what translate lets through, RE2 takes, unless it is too large for it
      re2 = compile(translated.pattern, most_memory);
    }
    if (!re2->ok()) {
      throw Error(ErrorCode::limit,
                  "error parsing regexp: expression too large: `" + std::string(pattern) + "`");
    }
  }

  void require_affordable(std::string_view text) const {
    if (double(re2->ProgramSize()) * double(text.size()) > most_steps) {
      fail_by_cost();
    }
  }

  // The leftmost match from `position` on, with its groups up to `groups`.
  std::optional<Match> match(std::string_view text,
                             std::size_t position,
                             std::size_t groups = 1) const;
  void for_each_match(std::string_view text,
                      std::size_t limit,
                      const std::function<void(const Match&)>& take,
                      std::size_t groups = 1) const;
  std::string replace(std::string_view text,
                      std::size_t groups,
                      const std::function<void(std::string&, const Match&, const Subject&)>&
                          append_replacement) const;

  std::vector<std::string> names;
  bool is_empty;
  bool has_no_boundary;
  std::unique_ptr<const RE2> re2;
};

namespace {

// Of the searches of one text, each of which may look at all that is left of it.
class SearchBudget {
 public:
  void count(std::string_view text, std::size_t position) {
    searched_ += double(text.size() - position);
    if (searched_ > most_bytes_searched) {
      fail_by_cost();
    }
  }

 private:
  double searched_ = 0;
};

std::size_t rune_length(std::string_view text, std::size_t position) {
  return utf8::decode(text.substr(position)).length;
}

bool is_inside_rune(std::string_view text, std::size_t position) {
  return position < text.size() && (text[position] & 0xC0) == 0x80;
}

std::size_t match_limit(int limit) {
  return limit < 0 ? std::numeric_limits<std::size_t>::max() : std::size_t(limit);
}

}  // namespace

// RE2 finds \B between the bytes of a character, where it matches nothing but the empty text.
std::optional<Match> Regexp::Compiled::match(std::string_view text,
                                             std::size_t position,
                                             std::size_t groups) const {
  require_affordable(text);
  Match found{.groups = std::vector<re2::StringPiece>(groups)};
  while (re2->Match({text.data(), text.size()},
                    position,
                    text.size(),
                    RE2::UNANCHORED,
                    found.groups.data(),
                    int(groups))) {
    found.start = std::size_t(found.groups[0].data() - text.data());
    found.end = found.start + found.groups[0].size();
    if (!is_inside_rune(text, found.start)) {
      return found;
    }
    position = found.start + 1;
  }
  return std::nullopt;
}

// An empty match counts only where no match ends.
void Regexp::Compiled::for_each_match(std::string_view text,
                                      std::size_t limit,
                                      const std::function<void(const Match&)>& take,
                                      std::size_t groups) const {
  SearchBudget budget;
  std::optional<std::size_t> previous_end;
  for (std::size_t position = 0, count = 0; count < limit && position <= text.size();) {
    budget.count(text, position);
    const auto found = match(text, position, groups);
    if (!found) {
      return;
    }
    const bool abuts = found->end == position && found->start == previous_end;
    if (found->end == position) {
      position += std::max<std::size_t>(1, rune_length(text, position));
    } else {
      position = found->end;
    }
    previous_end = found->end;
    if (!abuts) {
      take(*found);
      ++count;
    }
  }
}

std::string Regexp::Compiled::replace(
    std::string_view text,
    std::size_t groups,
    const std::function<void(std::string&, const Match&, const Subject&)>& append_replacement)
    const {
  const Subject subject(text);
  const auto searched = subject.text();
  std::string result;
  std::size_t last_end = 0;
  SearchBudget budget;
  for (std::size_t position = 0; position <= searched.size();) {
    budget.count(searched, position);
    const auto found = match(searched, position, groups);
    if (!found) {
      break;
    }
    result += subject.original(last_end, found->start);
    if (found->end > last_end || found->start == 0) {
      append_replacement(result, *found, subject);
    }
    if (result.size() > most_result) {
      throw Error(ErrorCode::limit, "replacing matches gives more than 64 MiB");
    }
    last_end = found->end;
    const auto next = position + std::max<std::size_t>(1, rune_length(searched, position));
    position = std::max(next, found->end);
  }
  result += subject.original(last_end, searched.size());
  return result;
}

Regexp::Regexp(std::string_view pattern) : compiled_(std::make_shared<Compiled>(pattern)) {}

bool Regexp::matches(std::string_view text) const {
  const Subject subject(text);
  const auto searched = subject.text();
  if (compiled_->has_no_boundary) {
    return compiled_->match(searched, 0).has_value();
  }
  compiled_->require_affordable(searched);
  return compiled_->re2->Match(
      {searched.data(), searched.size()}, 0, searched.size(), RE2::UNANCHORED, nullptr, 0);
}

std::string_view Regexp::find(std::string_view text) const {
  const Subject subject(text);
  const auto found = compiled_->match(subject.text(), 0);
  return found ? subject.original(found->start, found->end) : std::string_view{};
}

std::vector<std::string_view> Regexp::find_all(std::string_view text, int limit) const {
  const Subject subject(text);
  std::vector<std::string_view> all;
  compiled_->for_each_match(subject.text(), match_limit(limit), [&](const Match& match) {
    all.push_back(subject.original(match.start, match.end));
  });
  return all;
}

std::vector<Regexp::Groups> Regexp::find_all_groups(std::string_view text, int limit) const {
  const Subject subject(text);
  const auto* start = subject.text().data();
  std::vector<Groups> all;
  const auto take = [&](const Match& match) {
    Groups& groups = all.emplace_back();
    for (const auto& group : match.groups) {
      if (group.data() == nullptr) {
        groups.push_back(std::nullopt);
      } else {
        const auto low = std::size_t(group.data() - start);
        groups.push_back(subject.original(low, low + group.size()));
      }
    }
  };
  compiled_->for_each_match(subject.text(), match_limit(limit), take, compiled_->names.size() + 1);
  return all;
}

const std::vector<std::string>& Regexp::group_names() const {
  return compiled_->names;
}

std::string Regexp::replace_all(std::string_view text, std::string_view replacement) const {
  const Replacement parts(replacement, compiled_->names);
  const auto groups = parts.uses_groups() ? compiled_->names.size() + 1 : 1;
  return compiled_->replace(
      text, groups, [&](std::string& result, const Match& match, const Subject& subject) {
        const auto* start = subject.text().data();
        parts.append(result, [&](std::size_t index) -> std::optional<std::string_view> {
          const auto& group = match.groups[index];
          if (group.data() == nullptr) {
            return std::nullopt;
          }
          const auto low = std::size_t(group.data() - start);
          return subject.original(low, low + group.size());
        });
      });
}

std::string Regexp::replace_all_literal(std::string_view text, std::string_view replacement) const {
  return compiled_->replace(
      text, 1, [&](std::string& result, const Match&, const Subject&) { result += replacement; });
}

std::vector<std::string_view> Regexp::split(std::string_view text, int limit) const {
  if (limit == 0) {
    return {};
  }
  if (text.empty() && !compiled_->is_empty) {
    return {text};
  }
  const Subject subject(text);
  const auto searched = subject.text();
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  std::size_t end = 0;
  compiled_->for_each_match(searched, match_limit(limit), [&](const Match& match) {
    if (limit > 0 && parts.size() + 1 >= std::size_t(limit)) {
      return;
    }
    end = match.start;
    if (match.end != 0) {
      parts.push_back(subject.original(start, end));
    }
    start = match.end;
  });
  if (end != searched.size()) {
    parts.push_back(subject.original(start, searched.size()));
  }
  return parts;
}

std::string quote_meta(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("\\.+*?()|[]{}^$").find(c) != std::string_view::npos) {
      result += '\\';
    }
    result += c;
  }
  return result;
}

}  // namespace celldrift::regexp
