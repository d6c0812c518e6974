// What is a cell's own, taken out of texts: "https://api.cell-a.example.com" and
// "https://api.cell-b.example.com" are both "https://api.{cell}.example.com".
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::audit {

// A cell's parameters by name: "cell", "server", "labels.region", "values.vpc".
using Parameters = std::map<std::string, std::string>;

// Over some cells ("sides"). A parameter counts when it differs between them and its value can be
// told from a coincidence (see docs/parity.md). Parameters that have the same value in a cell count
// as one, for nothing tells which of them a text means. Immutable.
class Abstraction {
 public:
  Abstraction() = default;  // takes nothing out
  explicit Abstraction(const std::vector<Parameters>& sides);

  // The text with the side's own values, where they stand as words, replaced by "{parameter}".
  // O(text × parameters).
  std::string text(std::size_t side, std::string_view text) const;

 private:
  struct Replacement {
    std::string value;
    std::string token;
  };
  std::vector<std::vector<Replacement>> sides_;  // the longest value first
};

// True when the value of a parameter of that name says whose it is, wherever it stands: it is no
// number, truth value or single letter.
bool is_telling(std::string_view name, std::string_view value);

}  // namespace celldrift::audit
