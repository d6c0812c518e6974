// Names of what the gate says.
#include "celldrift/audit/gate.hpp"

namespace celldrift::audit {
namespace {

template <class Enum, std::size_t Size>
constexpr std::string_view name_in(const std::string_view (&names)[Size], Enum value) {
  return names[std::size_t(value)];
}

}  // namespace

std::string_view describe(GateReason reason) {
  static constexpr std::string_view names[] = {"drift",
                                               "unknown",
                                               "immutable",
                                               "api",
                                               "namespace",
                                               "refused",
                                               "reverts",
                                               "prunes",
                                               "recreates",
                                               "gitops",
                                               "skew",
                                               "wave",
                                               "unhealthy",
                                               "soak"};
  static_assert(std::size(names) == std::size(all_gate_reasons));
  return name_in(names, reason);
}

std::string_view describe(GateAction action) {
  static constexpr std::string_view names[] = {"block", "warn", "ignore"};
  return name_in(names, action);
}

std::string_view describe(FieldEffect::Kind kind) {
  static constexpr std::string_view names[] = {"changes", "reverts", "unsets", "survives"};
  return name_in(names, kind);
}

std::string_view describe(ObjectEffect::Kind kind) {
  static constexpr std::string_view names[] = {
      "added", "changed", "pruned", "left", "recreated", "kept"};
  return name_in(names, kind);
}

std::string_view describe(GateChange::Standing standing) {
  static constexpr std::string_view names[] = {"in-step", "arrived", "drifted", "unknown"};
  return name_in(names, standing);
}

std::string_view describe(WaveCell::State state) {
  static constexpr std::string_view names[] = {
      "ready", "soaking", "unhealthy", "behind", "unknown", "untouched"};
  return name_in(names, state);
}

std::string_view describe(GateVerdict verdict) {
  static constexpr std::string_view names[] = {"go", "no-go", "unknown"};
  return name_in(names, verdict);
}

}  // namespace celldrift::audit
