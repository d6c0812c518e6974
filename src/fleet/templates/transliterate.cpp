#include "fleet/templates/transliterate.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/core/utf8.hpp"

#include <charconv>
#include <vector>

namespace celldrift::embedded {
extern const std::string_view transliterations;
}

namespace celldrift::fleet {
namespace {

constexpr char32_t first_syllable = 0xAC00;
constexpr char32_t last_syllable = 0xD7A3;
constexpr char32_t last_known = 0xFFFF;

// What tools/slug/main.go wrote, which says how it reads.
struct Table {
  std::vector<std::string> first_consonants, vowels, last_consonants;  // of Korean syllables
  std::vector<std::string> texts;
  std::vector<std::uint16_t> text_of;  // by character; 0 for those without
};

std::vector<std::string> read_texts(std::string_view line) {
  std::vector<std::string> texts;
  for (const std::string_view text : split(line, '\t')) {
    texts.emplace_back(text);
    if (const std::size_t at = texts.back().find("\\n"); at != std::string::npos) {
      texts.back() = std::string(text.size() / 2, '\n');
    }
  }
  return texts;
}

// A stretch: its first character and two letters for each from there on.
void read_stretch(std::string_view line, Table& table) {
  const std::size_t blank = line.find(' ');
  std::uint32_t point = 0;
  std::from_chars(line.data(), line.data() + blank, point, 16);
  for (std::size_t at = blank + 1; at + 1 < line.size(); at += 2, ++point) {
    const int number = 64 * (line[at] - '0') + (line[at + 1] - '0');
    table.text_of.at(point) = std::uint16_t(number + 1);
  }
}

Table read_table(std::string_view text) {
  const auto lines = split(text, '\n');
  if (lines.size() < 5) {
    throw Error(ErrorCode::internal, "the built-in transliterations are broken");
  }
  Table table{read_texts(lines[0]),
              read_texts(lines[1]),
              read_texts(lines[2]),
              read_texts(lines[3]),
              std::vector<std::uint16_t>(last_known + 1)};
  for (std::size_t i = 4; i < lines.size(); ++i) {
    if (!lines[i].empty()) {
      read_stretch(lines[i], table);
    }
  }
  return table;
}

void append_syllable(std::string& result, const Table& table, std::size_t syllable) {
  const std::size_t ends = table.last_consonants.size();
  const std::size_t vowels = table.vowels.size();
  result += table.first_consonants[syllable / ends / vowels];
  result += table.vowels[syllable / ends % vowels];
  result += table.last_consonants[syllable % ends];
}

}  // namespace

std::string transliterate(std::string_view text) {
  static const Table table = read_table(embedded::transliterations);
  std::string result;
  while (!text.empty()) {
    const utf8::Rune rune = utf8::decode(text);
    text.remove_prefix(rune.length);
    if (rune.point < 0x80) {
      result += char(rune.point);
    } else if (rune.point >= first_syllable && rune.point <= last_syllable) {
      append_syllable(result, table, rune.point - first_syllable);
    } else if (rune.point <= last_known && table.text_of[rune.point] != 0) {
      result += table.texts[table.text_of[rune.point] - 1];
    }
  }
  return result;
}

}  // namespace celldrift::fleet
