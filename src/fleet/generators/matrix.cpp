#include "celldrift/core/error.hpp"
#include "fleet/generators/combine.hpp"
#include "fleet/generators/transform.hpp"

namespace celldrift::fleet {
namespace {

constexpr std::size_t max_combinations = 100'000;

// The first generator's parameters win.
Params combined(const Params& a, const Params& b, const GeneratorContext& context) {
  if (!context.is_go()) {
    return combined_texts(a, b, context.heap);
  }
  Params result = shallow_copy(b, context.heap);
  override_deeply(result, a, context.heap);
  return result;
}

}  // namespace

std::vector<Params> generate_matrix(const Value& spec, const GeneratorContext& context) {
  const Value* children = spec.find("generators");
  const std::size_t count = children != nullptr ? children->size() : 0;
  if (count != 2) {
    throw Error(ErrorCode::config,
                std::string("found ") + (count < 2 ? "less" : "more") +
                    " than two generators, Matrix support only two");
  }
  std::vector<Params> all;
  for (const Params& a : child_params(children->items()[0], nullptr, context, "generators[0]")) {
    for (const Params& b : child_params(children->items()[1], &a, context, "generators[1]")) {
      if (all.size() == max_combinations) {
        throw Error(ErrorCode::limit, "a matrix has more than 100000 combinations");
      }
      all.push_back(combined(a, b, context));
    }
  }
  return all;
}

}  // namespace celldrift::fleet
