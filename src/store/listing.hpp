// XML that S3 answers with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::store {

// One page of ListObjectsV2.
struct Listing {
  std::vector<std::string> keys;
  bool is_truncated = false;
  std::string next;  // the continuation token, when it is truncated
};

// Error(parse) for what is not such a page, Error(limit) for what has a document type (there are no
// entities to expand), is nested deeply or has texts that are too long.
Listing parse_listing(std::string_view xml);

// The <Code> of an error's answer: "NoSuchBucket"; "" when there is none that looks like one. All
// else of such an answer may quote the request, and what it was signed with.
std::string error_code(std::string_view xml);

}  // namespace celldrift::store
