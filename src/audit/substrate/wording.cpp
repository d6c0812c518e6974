// What findings about the substrate have in common.
#include "audit/wording.hpp"

#include "audit/findings/fingerprint.hpp"
#include "audit/parity/parity.hpp"
#include "audit/substrate/differences.hpp"
#include "celldrift/audit/versions.hpp"

#include <utility>

namespace celldrift::audit {

Finding substrate_finding(const ObjectRef& object,
                          std::string subject,
                          std::string what,
                          std::vector<ValueGroup> values) {
  Finding finding;
  finding.rule = "parity/substrate";
  finding.category = Category::parity;
  finding.severity = Severity::warning;
  finding.component = cluster_component;
  finding.object = object;
  finding.subject = std::move(subject);
  finding.what = std::move(what);
  finding.values = std::move(values);
  finding.cells = out_of_line(finding.values);
  finding.fingerprint = fingerprint({finding.rule,
                                     group_of(object.api_version),
                                     object.kind,
                                     object.ns,
                                     object.name,
                                     finding.subject,
                                     finding.what});
  return finding;
}

std::string presence_text(const std::vector<ValueGroup>& values) {
  const bool first_is = !values[0].value.is_null();
  return "in " + cells_text(values[first_is ? 0 : 1].cells) + " and not in " +
         cells_text(values[first_is ? 1 : 0].cells);
}

}  // namespace celldrift::audit
