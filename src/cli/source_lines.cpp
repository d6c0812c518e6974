#include "cli/source_lines.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace celldrift::cli {
namespace {

constexpr std::uint32_t context = 3;  // lines before and after
constexpr std::size_t least_word = 4;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c < 0 ||
         std::string_view("_-.+/=").find(c) != std::string_view::npos;
}

// Everything that an object says, and on which lines of its file.
struct Told {
  std::string words;
  std::set<std::uint32_t> lines;

  void add(const Value& value, SourceId source) {
    if (value.mark().source == source) {
      lines.insert(value.mark().line);
    }
    if (value.is_string()) {
      words += '\n' + std::string(value.as_string());
    }
    for (const Value::Entry& entry : value.entries()) {
      words += '\n' + entry.key.str();
      add(entry.value, source);
    }
    for (const Value& item : value.items()) {
      add(item, source);
    }
  }

  // Whether a line says nothing that the object does not say.
  bool has_all_of(std::string_view line) const {
    while (!line.empty()) {
      const auto start = std::ranges::find_if(line, is_word);
      line.remove_prefix(std::size_t(start - line.begin()));
      const auto end = std::ranges::find_if_not(line, is_word);
      const std::string_view word = line.substr(0, std::size_t(end - line.begin()));
      if (word.size() >= least_word && words.find(word) == words.npos) {
        return false;
      }
      line.remove_prefix(word.size());
    }
    return true;
  }
};

std::string_view without_comment(std::string_view line) {
  const std::size_t at = line.find(" #");
  line = line.substr(0, at);
  return line.substr(0, line.find_last_not_of(" \t\r") + 1);
}

}  // namespace

std::vector<report::SourceLine> source_lines(std::string_view text,
                                             const Mark& mark,
                                             const Value& object) {
  const std::vector<std::string_view> all = split(text, '\n');
  Told told;
  told.add(object, mark.source);
  const std::uint32_t first = mark.line > context ? mark.line - context : 1;
  const auto last = std::min<std::uint32_t>(mark.line + context, std::uint32_t(all.size()));
  std::vector<report::SourceLine> shown;
  for (std::uint32_t number = first; number <= last; ++number) {
    const std::string_view line = without_comment(all[number - 1]);
    if (trim(line).starts_with('#')) {
      continue;
    }
    if (told.has_all_of(line)) {
      shown.push_back({number, std::string(line), false});
    } else if (told.lines.contains(number)) {
      shown.push_back({number, "", true});
    }
  }
  return shown;
}

}  // namespace celldrift::cli
