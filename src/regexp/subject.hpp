// A text to search, as RE2 must see it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::regexp {

// RE2 finds no character in bytes that are not UTF-8, where Go finds a U+FFFD in each. So such
// bytes are replaced before the search, and offsets are mapped back after it.
class Subject {
 public:
  // `text` must outlive it.
  explicit Subject(std::string_view text);
  Subject(const Subject&) = delete;
  Subject& operator=(const Subject&) = delete;

  std::string_view text() const { return searched_; }
  // The part of the original that is `low` to `high` of text().
  std::string_view original(std::size_t low, std::size_t high) const;

 private:
  std::size_t original_offset(std::size_t offset) const;

  std::string_view original_;
  std::string_view searched_;
  std::string mended_;
  std::vector<std::size_t> replaced_;  // offsets in mended_
};

}  // namespace celldrift::regexp
