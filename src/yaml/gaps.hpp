// What stands between the scalars of a YAML text: indicators, blanks, comments, tags and anchors.
//
// yaml-cpp reads more than YAML 1.1 allows, and sometimes sees another structure than libyaml, and
// so Kubernetes, does. Walking along with its events, character by character, finds where the two
// would part: that text is refused, as it must never be read as something else in silence.
#pragma once

#include "celldrift/core/value.hpp"
#include "yaml/locator.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace celldrift::yaml {

// A node's tag and anchor, as written.
struct Properties {
  std::string_view tag;  // "!!str"; empty when there is none
  bool has_anchor = false;
  bool line_ended = false;  // the content begins on another line

  bool any() const { return has_anchor || !tag.empty(); }
};

class Gaps {
 public:
  // Checks the directives and the "---" that may come first. Line ends must be line feeds.
  Gaps(std::string_view text, Locator& locator);

  // Checks what lies between the last place and this one, where a node begins.
  void walk_to(std::size_t offset);
  // The tag and anchor here, if any; the walker then stands at the node's content. Those of a block
  // list or map end with their line: what follows belongs to its first key.
  enum class Of { scalar, block };
  Properties walk_properties(Of node);
  // Steps over the bracket here, with which a list or map begins: one that is empty has nothing
  // else to walk to.
  void enter_bracket() { step(); }
  // The name of the alias here; the walker then stands behind it.
  void walk_alias();
  // A scalar was read up to `end`, and the blanks behind it up to `next`.
  void read_to(std::size_t end, std::size_t next, bool line_ended);
  // True when, behind the tag and anchor that begin at `offset`, the document ends.
  bool ends_behind_properties(std::size_t offset) const;
  // All was read: nothing but a document's end may follow. What stands behind the bracket that
  // closes a `root` in flow style Go's reader would drop without a word: it is refused.
  enum class Root { in_brackets, other };
  void walk_to_end(Root root);

  // The ":" of a key that was just read must follow on its line.
  void check_key(std::size_t key_start);
  // A list or map in block style begins where the walker stands.
  void check_block_start() const;
  [[noreturn]] void refuse(std::string_view why, std::size_t offset) const;

  std::size_t offset() const { return offset_; }
  bool in_flow() const { return flow_level_ != 0; }
  bool at_bracket() const { return peek() == '[' || peek() == '{'; }
  // True behind "?", until its key begins.
  bool key_is_explicit() const { return explicit_key_; }

 private:
  void read_prologue();
  void read_directive();
  void step();
  void step_indicator(char c);
  void skip_comment();
  void end_explicit_key();
  std::size_t column() const;
  void walk_name();
  std::string_view walk_tag();
  std::size_t next_content() const;
  bool at_document_mark(std::string_view mark) const;
  bool at_line_start() const { return offset_ == 0 || text_[offset_ - 1] == '\n'; }
  char peek(std::size_t ahead = 0) const {
    return offset_ + ahead < text_.size() ? text_[offset_ + ahead] : '\0';
  }

  void declare_tag(std::string_view line, std::size_t start);
  void check_tag_handle(std::string_view tag, std::size_t start) const;

  std::string_view text_;
  Locator& locator_;
  std::vector<std::string_view> tag_handles_;  // those that "%TAG" declared
  std::size_t offset_ = 0;
  std::size_t scalar_end_ = 0;
  std::size_t flow_level_ = 0;
  // As libyaml has it: a new line, a "-" or a "?" allows a block list or map to begin, and forbids
  // tabs.
  bool block_may_begin_ = true;
  bool explicit_key_ = false;
  std::vector<std::size_t> explicit_columns_;  // of "?"s whose ":" is still to come
};

}  // namespace celldrift::yaml
