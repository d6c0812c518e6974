#include "audit/parity/abstraction.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>

namespace celldrift::audit {
namespace {

constexpr std::string_view cell_name = "cell";

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

bool is_of_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

// Words that say how something is set, in any field: never whose it is.
constexpr std::string_view settings[] = {
    "true",    "false",   "null",  "none",     "yes",    "off",     "enabled", "default",
    "auto",    "always",  "never", "disabled", "enable", "disable", "allow",   "deny",
    "high",    "low",     "small", "medium",   "large",  "active",  "passive", "public",
    "private", "primary", "info",  "debug",    "warn",   "error"};

// A word without digits or dashes may be anybody's: it counts where no two cells have it.
bool is_plain_word(std::string_view value) {
  return std::ranges::all_of(value, is_letter);
}

// The values of one parameter by side; nothing where a side has none.
using Row = std::vector<std::optional<std::string>>;

bool counts(std::string_view name, const Row& row) {
  std::multiset<std::string> values;
  bool plain = true;
  for (const auto& value : row) {
    if (value && is_telling(name, *value)) {
      values.insert(*value);
      plain = plain && is_plain_word(*value);
    }
  }
  const bool differs = values.size() > 1 && *values.begin() != *values.rbegin();
  const bool is_repeated =
      std::ranges::adjacent_find(values) != values.end() || values.size() < row.size();
  return differs && !(plain && is_repeated && name != cell_name);
}

// Sets of parameter names, each with the name that stands for all.
class Tokens {
 public:
  const std::string& of(const std::string& name) {
    std::string& parent = parents_.emplace(name, name).first->second;
    if (parent != name) {
      parent = of(parent);
    }
    return parent;
  }

  // The cell's name stands for whatever has its value; else the first does.
  void join(const std::string& a, const std::string& b) {
    const std::string first = of(a);
    const std::string second = of(b);
    const bool is_second = second == cell_name || (first != cell_name && second < first);
    parents_[is_second ? first : second] = is_second ? second : first;
  }

 private:
  std::map<std::string, std::string> parents_;
};

std::map<std::string, Row> rows_of(const std::vector<Parameters>& sides) {
  std::map<std::string, Row> rows;
  for (std::size_t side = 0; side < sides.size(); ++side) {
    for (const auto& [name, value] : sides[side]) {
      rows.try_emplace(name, sides.size()).first->second[side] = value;
    }
  }
  std::erase_if(rows, [](const auto& row) { return !counts(row.first, row.second); });
  return rows;
}

Tokens joined(const std::map<std::string, Row>& rows, std::size_t sides) {
  Tokens tokens;
  for (std::size_t side = 0; side < sides; ++side) {
    std::map<std::string_view, const std::string*> by_value;
    for (const auto& [name, row] : rows) {
      if (row[side]) {
        const auto [place, is_new] = by_value.emplace(*row[side], &name);
        if (!is_new) {
          tokens.join(*place->second, name);
        }
      }
    }
  }
  return tokens;
}

}  // namespace

bool is_telling(std::string_view name, std::string_view value) {
  constexpr std::size_t least = 3;
  constexpr std::size_t least_number = 6;  // an account, a network: no count or port
  const bool has_letter = std::ranges::any_of(value, is_letter);
  const std::size_t wanted = !has_letter ? least_number : name == cell_name ? 2 : least;
  return value.size() >= wanted && std::ranges::find(settings, lower(value)) == std::end(settings);
}

Abstraction::Abstraction(const std::vector<Parameters>& sides) : sides_(sides.size()) {
  const std::map<std::string, Row> rows = rows_of(sides);
  Tokens tokens = joined(rows, sides.size());
  for (const auto& [name, row] : rows) {
    for (std::size_t side = 0; side < sides.size(); ++side) {
      if (row[side] && is_telling(name, *row[side])) {
        sides_[side].push_back({*row[side], "{" + tokens.of(name) + "}"});
      }
    }
  }
  for (std::vector<Replacement>& side : sides_) {
    std::ranges::sort(side, [](const Replacement& a, const Replacement& b) {
      return a.value.size() != b.value.size() ? a.value.size() > b.value.size() : a.value < b.value;
    });
    const auto repeated = std::ranges::unique(side, {}, &Replacement::value);
    side.erase(repeated.begin(), repeated.end());
  }
}

std::string Abstraction::text(std::size_t side, std::string_view text) const {
  if (side >= sides_.size() || sides_[side].empty()) {
    return std::string(text);
  }
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const bool starts_word = at == 0 || !is_of_word(text[at - 1]);
    const auto found =
        !starts_word
            ? sides_[side].end()
            : std::ranges::find_if(sides_[side], [&](const Replacement& each) {
                const std::string_view rest = text.substr(at);
                return rest.starts_with(each.value) &&
                       (rest.size() == each.value.size() || !is_of_word(rest[each.value.size()]));
              });
    if (found == sides_[side].end()) {
      result += text[at++];
    } else {
      result += found->token;
      at += found->value.size();
    }
  }
  return result;
}

}  // namespace celldrift::audit
