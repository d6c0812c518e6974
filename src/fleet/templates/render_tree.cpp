#include "celldrift/core/error.hpp"
#include "fleet/generators/shapes.hpp"
#include "fleet/shapes/entries.hpp"
#include "fleet/shapes/json_numbers.hpp"
#include "fleet/templates/template_engine.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

namespace celldrift::fleet {
namespace {

constexpr std::size_t node_cost = 8;  // so that a huge template times many elements ends too

bool has_tag(std::string_view text) {
  return text.find("{{") != std::string_view::npos;
}

class TreeRenderer {
 public:
  TreeRenderer(TemplateEngine& engine, const Params& params, RenderBudget& budget)
      : engine_(engine), params_(params), budget_(budget) {}

  Value value(const Value& tree, const Shape& shape) {
    budget_.spend(node_cost);
    switch (tree.kind()) {
      case Value::Kind::string:
        return string(tree);
      case Value::Kind::list:
        return list(tree, shape);
      case Value::Kind::map:
        return shape.kind == Shape::Kind::raw      ? raw_map(tree)
               : &shape == &generator_values_shape ? known_values(tree)
                                                   : map(tree, shape);
      case Value::Kind::integer:
      case Value::Kind::real:
        return shape.kind == Shape::Kind::raw ? through_float64(tree) : tree;
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
    if (!has_tag(tree.as_string())) {
      return tree;
    }
    return Value::string(text(tree.as_string(), tree.mark())).with_mark(tree.mark());
  }

  Value list(const Value& tree, const Shape& shape) {
    const Shape& item_shape = shape.item != nullptr ? *shape.item : raw_shape;
    Value::List items;
    items.reserve(tree.size());
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

  // checked() has put a struct's fields into Go's order; a map's are visited by key. (Go's own
  // order is random.)
  Value map(const Value& tree, const Shape& shape) {
    MapRendering rendering;
    if (shape.kind == Shape::Kind::structure) {
      for (std::size_t i = 0; i < tree.size(); ++i) {
        entry(tree, i, shape, rendering);
      }
    } else {
      for (const std::size_t i : order_of_keys(tree)) {
        entry(tree, i, shape, rendering);
      }
    }
    if (rendering.keys_changed) {
      return united(tree, rendering.entries);
    }
    return rendering.entries.empty()
               ? tree
               : Value::map(std::move(rendering.entries)).with_mark(tree.mark());
  }

  // The entries of a map, once one of them came out different.
  struct MapRendering {
    Value::Map entries;
    bool keys_changed = false;
  };

  void entry(const Value& tree, std::size_t i, const Shape& shape, MapRendering& rendering) {
    const auto changing = [&]() -> Value::Entry& {
      if (rendering.entries.empty()) {
        rendering.entries.assign(tree.entries().begin(), tree.entries().end());
      }
      return rendering.entries[i];
    };
    const auto& [key, item] = tree.entries()[i];
    Value rendered = value(item, entry_shape(shape, key.view()));
    if (!rendered.same_node(item)) {
      changing().value = std::move(rendered);
    }
    if (has_tag(key.view())) {
      changing().key = SharedString(text(key.view(), item.mark()));
      rendering.keys_changed = true;
    }
  }

  static std::vector<std::size_t> order_of_keys(const Value& tree) {
    std::vector<std::size_t> order(tree.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return tree.entries()[i].key.view(); });
    return order;
  }

  // Of keys that became equal the last one in the order of the written keys wins; Argo CD's own
  // choice is random.
  static Value united(const Value& tree, const Value::Map& rendered) {
    Entries entries;
    for (const std::size_t i : order_of_keys(tree)) {
      entries.set(rendered[i].key, rendered[i].value);
    }
    return entries.take_map().with_mark(tree.mark());
  }

  // Argo CD 3.5 resolves what the parent generator knows and leaves the rest for the child's own
  // parameters.
  Value known_values(const Value& tree) {
    Value::Map entries(tree.entries().begin(), tree.entries().end());
    for (Value::Entry& entry : entries) {
      entry.value = known_value(entry.value, entry.key.view());
    }
    return Value::map(std::move(entries)).with_mark(tree.mark());
  }

  Value known_value(const Value& value, std::string_view key) {
    if (!has_tag(value.as_string())) {
      return value;
    }
    try {
      std::optional<std::string> text = engine_.render_if_known(value.as_string(), params_);
      budget_.spend(text ? text->size() : 0);
      return text ? Value::string(*text).with_mark(value.mark()) : value;
    } catch (Error& error) {
      throw error.at(value.mark()).add_context("values." + std::string(key));
    }
  }

  // Free-form JSON goes through Go's map[string]any: null members vanish, null items stay, numbers
  // become float64.
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

  TemplateEngine& engine_;
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
                  TemplateEngine& engine,
                  const Params& params,
                  RenderBudget& budget) {
  engine.check_options();
  return TreeRenderer(engine, params, budget).value(tree, shape);
}

}  // namespace celldrift::fleet
