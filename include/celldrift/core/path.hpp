// Path: the way from an object's root to one of its fields, list items named by their keys.
#pragma once

#include "celldrift/core/value.hpp"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace celldrift {

class Path {
 public:
  struct Field {
    std::string name;
    bool operator==(const Field&) const = default;
  };
  // An item of a list-map, found by its keys ("name=app"; "containerPort=80,protocol=TCP").
  // `index` is its place in the live list; nothing when live lacks it.
  struct Item {
    std::vector<std::pair<std::string, Value>> keys;
    std::optional<std::size_t> index;
    bool operator==(const Item&) const = default;
  };
  // An item of a set, found by its value.
  struct Member {
    Value value;
    std::optional<std::size_t> index;
    bool operator==(const Member&) const = default;
  };
  // An item of an atomic list, by its place.
  struct Index {
    std::size_t index = 0;
    bool operator==(const Index&) const = default;
  };
  using Step = std::variant<Field, Item, Member, Index>;

  Path() = default;
  explicit Path(std::vector<Step> steps) : steps_(std::move(steps)) {}

  Path operator/(Step step) const;
  Path operator/(std::string_view field) const { return *this / Step(Field{std::string(field)}); }
  void push(Step step) { steps_.push_back(std::move(step)); }
  void pop() { steps_.pop_back(); }

  const std::vector<Step>& steps() const { return steps_; }
  bool empty() const { return steps_.empty(); }

  // RFC 6901; list items by their index in live, "-" (the item after the last) where live has none.
  std::string pointer() const;
  // spec.template.spec.containers[name=app].image; a field with other characters than letters,
  // digits, "-", "_" and "/" is written metadata.annotations["example.com/owner"].
  std::string text() const;

  bool operator==(const Path&) const = default;

 private:
  std::vector<Step> steps_;
};

}  // namespace celldrift
