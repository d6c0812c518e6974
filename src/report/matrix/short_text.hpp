// Versions and what they are of, in few words.
#pragma once

#include "celldrift/audit/report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::report {

// "registry/app:" of "registry/app:1.2"; "" where there is no tag.
std::string_view repository_of(std::string_view image);

// The row's values without what all of them begin with, digests shortened.
std::vector<std::string> short_texts(const audit::VersionRow& row);

// "image app", "chart backend", "kubelet version".
std::string short_label(const audit::VersionRow& row);

}  // namespace celldrift::report
