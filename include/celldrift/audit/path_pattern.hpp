// Patterns of field paths, as rules write them.
#pragma once

#include "celldrift/core/value.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::audit {

// Either as people write paths:
//   spec.template.spec.containers[name=app].image   an item of a list by one of its fields, or
//                                                   several: [containerPort=80,protocol=TCP]
//   metadata.annotations["example.com/*"]           a field that has dots
//   spec.rules[*].host, metadata.labels[*]          any item, any field; [0] an item by its place
//   metadata.finalizers[foo]                        an item that is this text
//   spec.**.image                                   any number of steps between, none included
// or, where it starts with "/", a JSON Pointer: /spec/template/spec/containers/*/image. Names and
// texts are globs: "*" any characters, "?" one. A pattern is about what it names and all below it.
class PathPattern {
 public:
  // Error(config) without a place for what is no such pattern.
  static PathPattern parse(std::string_view text);

  // Whether a path is what the pattern names, or below: as Path::text() and Path::pointer() write
  // it. O(steps of both).
  bool covers(std::string_view path_text, std::string_view pointer) const;

  // Calls `visit` for each value that the pattern names in a tree, in order, with its path as
  // people write it. What is below one that is named is not looked at. O(size × steps).
  using Visit = std::function<void(const Value& value, const std::string& path)>;
  void select(const Value& tree, const Visit& visit) const;

  const std::string& text() const { return text_; }

 private:
  struct Step {
    enum class Kind { field, item, any, any_depth } kind = Kind::field;
    // Of an item: globs by key, "" for the item itself or its place. Of a field: its one glob.
    std::vector<std::pair<std::string, std::string>> globs;
  };
  struct Place;
  using States = std::vector<bool>;  // which of the steps may come next

  static Step bracket_step(std::string_view inside, std::string_view text);
  static PathPattern parse_pointer(std::string_view text);
  void push(Step step);
  States start() const;
  States after(const States& states, const Place& place) const;
  void spread(States& states) const;
  bool is_done(const States& states) const { return states.back(); }
  bool takes(const Step& step, const Place& place) const;
  void walk(const Value& value, const States& states, std::string& path, const Visit& visit) const;

  std::string text_;
  bool is_pointer_ = false;
  std::vector<Step> steps_;
};

}  // namespace celldrift::audit
