// Reports read again.
#pragma once

#include "celldrift/audit/report.hpp"
#include "celldrift/core/value.hpp"

namespace celldrift::report {

// The findings, cells and problems of a JSON report (schema "celldrift.report/v1"): of findings all
// that rules look at, without marks. Keys that are unknown are skipped, those that are not there
// count as null. Error(config) for what is no such report.
audit::Report read_json(const Value& document);

}  // namespace celldrift::report
