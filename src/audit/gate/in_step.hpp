// Whether what a deploy touches is as Git wants it now.
#pragma once

#include "celldrift/audit/gate.hpp"

#include <map>
#include <vector>

namespace celldrift::audit {

using ApplicationName = std::pair<std::string, std::string>;  // cell, Application

// The findings of the audit of each Application that a cell has to itself.
class OwnFindings {
 public:
  // The report must outlive it.
  explicit OwnFindings(const Report& report);
  const std::vector<const Finding*>& of(const GateApplication& application) const;

 private:
  std::map<ApplicationName, std::vector<const Finding*>> findings_;
};

struct InStep {
  GateChange::Standing standing = GateChange::Standing::in_step;
  std::vector<Objection> objections;
};

// What differs from what Git wants now, but is as the deploy wants it, is no objection.
InStep in_step(const GateApplication& application, const OwnFindings& findings);

}  // namespace celldrift::audit
