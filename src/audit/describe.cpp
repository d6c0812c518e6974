#include "celldrift/audit/report.hpp"

namespace celldrift::audit {

std::string_view describe(Severity severity) {
  static constexpr std::string_view names[] = {"note", "warning", "error"};
  return names[std::size_t(severity)];
}

std::string_view describe(Category category) {
  static constexpr std::string_view names[] = {
      "drift", "skew", "parity", "missing", "extra", "gitops", "isolation", "rules"};
  return names[std::size_t(category)];
}

std::string_view describe(FactKind kind) {
  static constexpr std::string_view names[] = {"image",
                                               "version",
                                               "chart",
                                               "revision",
                                               "digest",
                                               "rollout",
                                               "crd",
                                               "kubernetes",
                                               "node",
                                               "gitops-tool"};
  return names[std::size_t(kind)];
}

std::string_view describe(Lag::Why why) {
  static constexpr std::string_view names[] = {"declared", "lag", "hand", "silent", "unknown"};
  return names[std::size_t(why)];
}

std::string_view describe(Proved::Match match) {
  static constexpr std::string_view names[] = {"exact", "edited", "ahead", "none"};
  return names[std::size_t(match)];
}

std::string_view describe(Verdict verdict) {
  static constexpr std::string_view names[] = {"clean", "drifted", "incomplete"};
  return names[std::size_t(verdict)];
}

std::string_view describe(Cause::Kind kind) {
  static constexpr std::string_view names[] = {"write",
                                               "same-change",
                                               "git-line",
                                               "application",
                                               "namespace",
                                               "kind",
                                               "object",
                                               "api",
                                               "versions"};
  return names[std::size_t(kind)];
}

}  // namespace celldrift::audit
