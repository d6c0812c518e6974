// Turns yaml-cpp's events into a Value, resolving scalars, merges and aliases as go-yaml 2 does.
#pragma once

#include "celldrift/yaml/yaml.hpp"
#include "yaml/gaps.hpp"
#include "yaml/locator.hpp"
#include "yaml/scalars.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <unordered_map>
#include <vector>

namespace celldrift::yaml {

class Reader : public YAML::EventHandler {
 public:
  // Line ends in `text` must be line feeds; it must outlive the reader.
  Reader(std::string_view text, std::uint32_t first_line, const Options& options);

  // What was read; null when there was no document. Throws Error(parse) when the text goes on
  // behind it.
  Document take();
  Mark mark_at(std::size_t offset) { return locator_.at(offset); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark,
                const std::string& tag,
                YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark,
                       const std::string& tag,
                       YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override;
  void OnMapStart(const YAML::Mark& mark,
                  const std::string& tag,
                  YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override;

 private:
  struct Collection {
    bool is_map = false;
    bool in_flow = false;
    int indent = -1;  // column of the innermost block list or map, this one included
    bool key_is_next = false;
    bool merges = false;  // the next value belongs to "<<"
    YAML::anchor_t anchor = 0;
    std::size_t decodes_before = 0;
  };
  struct Anchored {
    Value value;
    Scalar scalar;  // of a scalar, which may serve as a key
    std::string text;
    std::size_t decodes = 0;
  };

  struct Column {
    std::size_t offset = 0;
    int column = 0;
  };

  struct Text {
    std::string content;
    Quoting quoting = Quoting::plain;
  };

  bool key_is_next() const { return !open_.empty() && open_.back().key_is_next; }
  int indent() const { return open_.empty() ? -1 : open_.back().indent; }
  int column_of(std::size_t offset) const;

  bool is_null_word(std::size_t offset) const;
  void check_indentation(std::size_t offset) const;
  bool may_begin_plain(std::size_t offset) const;
  Text read_text();
  void add_nothing(std::size_t next);
  void add_scalar(const Scalar& scalar, const Mark& mark, YAML::anchor_t anchor);
  void add_key(const Scalar& scalar, const Mark& mark);
  void add_alias_key(const Anchored& anchored, const Mark& mark);
  void open(Collection collection, const YAML::Mark& mark, const std::string& tag);
  void close();
  void value_done();
  void count_decodes(std::size_t all, std::size_t by_aliases, const Mark& mark);
  void remember(YAML::anchor_t anchor, Anchored anchored);

  std::string_view text_;
  Locator locator_;
  Gaps gaps_;
  std::vector<Warning> warnings_;
  Builder builder_;
  std::vector<Collection> open_;
  std::unordered_map<YAML::anchor_t, Anchored> anchors_;
  Mark last_key_;
  mutable Column column_;  // the last that column_of was asked for
  Gaps::Root root_ = Gaps::Root::other;
  std::size_t decodes_ = 0;
  std::size_t decodes_by_aliases_ = 0;
};

}  // namespace celldrift::yaml
