#include "fleet/generators/transform.hpp"

#include "celldrift/core/error.hpp"
#include "fleet/generators/selector.hpp"

#include <optional>

namespace celldrift::fleet {
namespace {

std::optional<Selector> selector_of(const Value& entry) {
  const Value* spec = entry.find("selector");
  return spec != nullptr ? std::optional<Selector>(std::in_place, *spec, ValueRule::any, "selector")
                         : std::nullopt;
}

bool states_any_kind(const Value& entry) {
  for (const GeneratorKind& kind : generator_kinds()) {
    if (entry.find(kind.name) != nullptr) {
      return true;
    }
  }
  return false;
}

Batch batch_of(const GeneratorKind& kind,
               const Value& spec,
               const std::optional<Selector>& selector,
               const GeneratorContext& context) {
  try {
    Batch batch{kind.name, kind.generate(spec, context)};
    if (selector) {
      std::erase_if(batch.params, [&](const Params& params) {
        return !selector->matches(flattened(params.values));
      });
    }
    return batch;
  } catch (Error& error) {
    throw error.at(spec.mark()).add_context(std::string(kind.name));
  }
}

}  // namespace

std::vector<Batch> transform(const Value& entry,
                             const Params* parent,
                             const GeneratorContext& context) {
  // compiled from what is written: a parent's parameters never reach an entry's own selector
  const std::optional<Selector> selector = selector_of(entry);
  std::vector<Batch> batches;
  if (!states_any_kind(entry)) {
    return batches;
  }
  const bool interpolates = parent != nullptr && !parent->empty();
  const Value rendered =
      interpolates ? render_tree(entry, nested_entry_shape, context.engine, *parent, context.budget)
                   : entry;
  GeneratorContext own = context;
  own.interpolated = context.interpolated || interpolates;
  for (const GeneratorKind& kind : generator_kinds()) {
    if (const Value* spec = rendered.find(kind.name)) {
      batches.push_back(batch_of(kind, *spec, selector, own));
    }
  }
  return batches;
}

std::vector<Params> child_params(const Value& entry,
                                 const Params* parent,
                                 const GeneratorContext& context,
                                 const std::string& place) {
  try {
    std::vector<Batch> batches = transform(entry, parent, context);
    if (batches.empty()) {
      throw Error(ErrorCode::config, "child generator generated no parameters");
    }
    if (batches.size() > 1) {
      throw Error(ErrorCode::config, "found more than one generator in matrix.Generators");
    }
    return std::move(batches.front().params);
  } catch (Error& error) {
    throw error.at(entry.mark()).add_context(place);
  }
}

}  // namespace celldrift::fleet
