#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::regexp {

// A replacement text of Go's Expand, read once: texts and groups in turn. "$name" takes as many
// letters, digits and "_" as there are; "$$" is "$"; a "$" with no name after it is itself.
class Replacement {
 public:
  // `names` are of the groups, the first at 0.
  Replacement(std::string_view text, const std::vector<std::string>& names);

  // What a group of a match is; 0 is the whole match.
  using GroupText = std::function<std::optional<std::string_view>(std::size_t)>;
  void append(std::string& result, const GroupText& group) const;
  bool uses_groups() const { return uses_groups_; }

 private:
  struct Part {
    std::string text;                 // and after it
    std::vector<std::size_t> groups;  // the first of these that matched, if there is one
  };
  void add_groups(std::string_view name, const std::vector<std::string>& names);

  std::vector<Part> parts_;
  bool uses_groups_ = false;
};

}  // namespace celldrift::regexp
