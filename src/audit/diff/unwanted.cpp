// What findings over the whole fleet say of exactly these cells.
#include "audit/diff/parts.hpp"
#include "audit/parity/parity.hpp"
#include "audit/substrate/substrate.hpp"

namespace celldrift::audit {
namespace {

CellDifference difference_of(const Finding& finding, const CellDiff& diff) {
  const bool is_whole = finding.path_text.empty();
  return {.kind = is_whole ? CellDifference::Kind::object : CellDifference::Kind::field,
          .nature = CellDifference::Nature::undeclared,
          .component = finding.component,
          .object = finding.object,
          .subject = finding.subject,
          .path_text = finding.path_text,
          .left = value_in(diff.left.name, finding.values),
          .right = value_in(diff.right.name, finding.values),
          .drifted = {},
          .reason = finding.reason.empty() ? "no Application wants it" : finding.reason};
}

}  // namespace

void add_unwanted(const Input& input, CellDiff& diff) {
  Input two = input;
  std::erase_if(two.known, [&](const KnownCell& each) {
    return each.name != diff.left.name && each.name != diff.right.name;
  });
  for (const Finding& finding : object_parity(two)) {
    diff.differences.push_back(difference_of(finding, diff));
  }
  const SubstrateParity substrate(two);
  for (const Finding& finding : substrate.findings()) {
    diff.differences.push_back(difference_of(finding, diff));
  }
}

}  // namespace celldrift::audit
