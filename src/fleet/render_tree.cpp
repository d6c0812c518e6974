#include "celldrift/core/error.hpp"
#include "fleet/template_engine.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string>

namespace celldrift::fleet {
namespace {

constexpr std::size_t node_cost = 8;  // so that a huge template times many elements ends too

// The integer that is read back when Go writes a whole float64 as JSON: the shortest digits that
// tell it apart, then zeros. Nothing for other numbers and past 64 bits.
std::optional<std::int64_t> reread_integer(double number) {
  if (std::trunc(number) != number || std::abs(number) >= 1e19) {
    return std::nullopt;
  }
  char buffer[64];
  const auto written =
      std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific);
  const std::string text(buffer, written.ptr);
  const std::size_t mark = text.find('e');
  std::string digits = text.substr(0, mark);
  std::erase(digits, '.');
  const std::size_t sign = number < 0 ? 1 : 0;
  digits.resize(sign + 1 + static_cast<std::size_t>(std::stoi(text.substr(mark + 1))), '0');
  std::int64_t result = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), result);
  return read.ec == std::errc() ? std::optional(result) : std::nullopt;
}

class TreeRenderer {
 public:
  TreeRenderer(const TemplateEngine& engine, const Params& params, RenderBudget& budget)
      : engine_(engine), params_(params), budget_(budget) {}

  Value value(const Value& tree, const Shape& shape) {
    budget_.spend(node_cost);
    switch (tree.kind()) {
      case Value::Kind::string:
        return string(tree);
      case Value::Kind::list:
        return list(tree, shape);
      case Value::Kind::map:
        return shape.kind == Shape::Kind::raw ? raw_map(tree) : map(tree, shape);
      case Value::Kind::integer:
      case Value::Kind::real:
        return shape.kind == Shape::Kind::raw ? number(tree) : tree;
      default:
        return tree;
    }
  }

 private:
  std::string text(std::string_view text, const Mark& mark) {
    try {
      std::string result = engine_.render(text, params_);
      budget_.spend(result.size());
      return result;
    } catch (Error& error) {
      throw error.at(mark);
    }
  }

  Value string(const Value& tree) {
    if (tree.as_string().find("{{") == std::string_view::npos) {
      return tree;
    }
    return Value::string(text(tree.as_string(), tree.mark())).with_mark(tree.mark());
  }

  Value list(const Value& tree, const Shape& shape) {
    const Shape& item_shape = shape.item != nullptr ? *shape.item : raw_shape;
    Value::List items;
    bool changed = false;
    for (const Value& item : tree.items()) {
      items.push_back(value(item, item_shape));
      changed = changed || !items.back().same_node(item);
    }
    return changed ? Value::list(std::move(items)).with_mark(tree.mark()) : tree;
  }

  const Shape& entry_shape(const Shape& shape, std::string_view key) {
    const auto field = std::ranges::find(shape.fields, key, &Field::name);
    if (field != shape.fields.end()) {
      return *field->shape;
    }
    return shape.item != nullptr ? *shape.item : raw_shape;
  }

  Value map(const Value& tree, const Shape& shape) {
    Value::Map entries;
    bool changed = false;
    bool keys_changed = false;
    for (const auto& [key, item] : tree.entries()) {
      const bool tagged = key.view().find("{{") != std::string_view::npos;
      SharedString new_key = tagged ? SharedString(text(key.view(), item.mark())) : key;
      keys_changed = keys_changed || tagged;
      entries.push_back({std::move(new_key), value(item, entry_shape(shape, key.view()))});
      changed = changed || !entries.back().value.same_node(item);
    }
    if (keys_changed) {
      return united(tree, entries);
    }
    return changed ? Value::map(std::move(entries)).with_mark(tree.mark()) : tree;
  }

  // Of keys that became equal the last one in the order of the written keys wins; Argo CD's own
  // choice is random.
  Value united(const Value& tree, const Value::Map& rendered) {
    std::vector<std::size_t> order(rendered.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      order[i] = i;
    }
    std::ranges::sort(order, {}, [&](std::size_t i) { return tree.entries()[i].key.view(); });
    std::map<std::string_view, std::size_t> winner;
    for (const std::size_t i : order) {
      winner[rendered[i].key.view()] = i;
    }
    Value::Map entries;
    for (std::size_t i = 0; i < rendered.size(); ++i) {
      if (winner[rendered[i].key.view()] == i) {
        entries.push_back(rendered[i]);
      }
    }
    return Value::map(std::move(entries)).with_mark(tree.mark());
  }

  // Free-form JSON goes through Go's map[string]any: null members vanish, null items stay.
  Value raw_map(const Value& tree) {
    Value::Map entries;
    for (const auto& [key, item] : tree.entries()) {
      if (!item.is_null()) {
        entries.push_back({key, item});
      }
    }
    const Value kept = entries.size() == tree.size()
                           ? tree
                           : Value::map(std::move(entries)).with_mark(tree.mark());
    return map(kept, raw_shape);
  }

  // … and its numbers through float64: 9007199254740993 becomes 9007199254740992, 1.0 becomes 1.
  Value number(const Value& tree) {
    const std::optional<std::int64_t> whole = reread_integer(tree.as_double());
    if (!whole) {
      return Value::real(tree.as_double()).with_mark(tree.mark());
    }
    return tree.is_int() && tree.as_int() == *whole ? tree
                                                    : Value::integer(*whole).with_mark(tree.mark());
  }

  const TemplateEngine& engine_;
  const Params& params_;
  RenderBudget& budget_;
};

}  // namespace

void RenderBudget::spend(std::size_t bytes) {
  if (bytes > left_) {
    throw Error(ErrorCode::limit,
                "the ApplicationSet expands to more text than celldrift takes (256 MiB)");
  }
  left_ -= bytes;
}

Value render_tree(const Value& tree,
                  const Shape& shape,
                  const TemplateEngine& engine,
                  const Params& params,
                  RenderBudget& budget) {
  return TreeRenderer(engine, params, budget).value(tree, shape);
}

}  // namespace celldrift::fleet
