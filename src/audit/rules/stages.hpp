// What apply_rules() goes through.
#pragma once

#include "celldrift/audit/rules.hpp"

namespace celldrift::audit {

LabelsOfCells labels_of_cells(const std::vector<CellSummary>& cells);

// Gives findings the labels of their objects, where they have none: as live, else as Git has them.
void add_labels(std::vector<Finding>& findings,
                const std::vector<ComparedApplication>& applications);

// Values that cells share and may not: one finding for each value of each rule, "isolation/shared".
std::vector<Finding> shared_values(const RuleContext& context, const LabelsOfCells& cells);

// Cells of an earlier wave that are behind those of a later one: one finding for each component,
// "skew/wave".
std::vector<Finding> wave_findings(const std::vector<Finding>& findings,
                                   const std::vector<Wave>& waves,
                                   const LabelsOfCells& cells);

// Version skew within a budget becomes a note, out of it an error; the reason says which. Skew
// whose distance cannot be told keeps its severity.
void apply_budgets(std::vector<Finding>& findings,
                   const std::vector<SkewBudget>& budgets,
                   const LabelsOfCells& cells);

// How often each waiver matched, by its index.
using WaiverUses = std::vector<std::size_t>;

// What is wrong with waivers: "rules/expired", "rules/expiring" (a week before), and
// "rules/unmatched", but for those that may be about something that could not be looked at.
std::vector<Finding> waiver_findings(const RuleContext& context,
                                     const WaiverUses& uses,
                                     const LabelsOfCells& cells);

// Whether a waiver hides now.
bool is_in_force(const Waiver& waiver, Time now);

// Sets a severity and says which rule did.
void rule_on(Finding& finding, const RuleHead& rule, Severity severity);

}  // namespace celldrift::audit
