#include "store/listing.hpp"

#include "celldrift/core/error.hpp"

#include <expat.h>

#include <algorithm>
#include <cctype>
#include <functional>
#include <memory>
#include <optional>

namespace celldrift::store {
namespace {

constexpr std::size_t max_depth = 16;
constexpr std::size_t max_text_bytes = 16u << 10;  // keys have 1,024 at most

struct ParserDeleter {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, ParserDeleter>;

// Gives out the text of each element without children, with the path to it: "A/B/C". Throws
// nothing from within expat, which is C: what is wrong stops it and is thrown afterwards.
class Reader {
 public:
  using OnText = std::function<void(const std::string& path, std::string text)>;

  explicit Reader(OnText on_text)
      : parser_(XML_ParserCreate(nullptr)), on_text_(std::move(on_text)) {
    if (!parser_) {
      throw Error(ErrorCode::internal, "expat gives no parser");
    }
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser_.get(), on_characters);
    XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
  }

  void read(std::string_view xml) {
    const XML_Status status =
        XML_Parse(parser_.get(), xml.data(), static_cast<int>(xml.size()), XML_TRUE);
    if (wrong_) {
      throw Error(ErrorCode::limit, *wrong_);
    }
    if (status != XML_STATUS_OK) {
      throw Error(ErrorCode::parse, "it is not XML");
    }
  }

 private:
  static Reader& self(void* data) { return *static_cast<Reader*>(data); }

  static void on_start(void* data, const XML_Char* name, const XML_Char**) {
    Reader& reader = self(data);
    if (reader.ends_.size() == max_depth || std::string_view(name).size() > 256) {
      return reader.stop("its XML is nested too deeply");
    }
    reader.ends_.push_back(reader.path_.size());
    reader.path_ += (reader.path_.empty() ? "" : "/") + std::string(name);
    reader.text_.clear();
    reader.is_leaf_ = true;
  }

  static void on_end(void* data, const XML_Char*) {
    Reader& reader = self(data);
    if (reader.wrong_) {
      return;
    }
    if (reader.is_leaf_) {
      reader.on_text_(reader.path_, std::move(reader.text_));
    }
    reader.text_.clear();
    reader.is_leaf_ = false;
    reader.path_.resize(reader.ends_.back());
    reader.ends_.pop_back();
  }

  static void on_characters(void* data, const XML_Char* text, int count) {
    Reader& reader = self(data);
    if (reader.text_.size() + std::size_t(count) > max_text_bytes) {
      return reader.stop("its XML has a text that is too long");
    }
    reader.text_.append(text, std::size_t(count));
  }

  static void on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    self(data).stop("its XML has a document type");
  }

  void stop(const char* why) {
    wrong_ = why;
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  Parser parser_;
  OnText on_text_;
  std::string path_;
  std::vector<std::size_t> ends_;  // how long the path was before each element that is open
  std::string text_;
  bool is_leaf_ = false;
  std::optional<std::string> wrong_;
};

int hex_digit(char c) {
  const char digits[] = "0123456789abcdef";
  const char* found = std::find(digits, digits + 16, static_cast<char>(std::tolower(c)));
  return found == digits + 16 ? -1 : static_cast<int>(found - digits);
}

// As S3 encodes keys on request: percent signs, and "+" for a blank.
std::string url_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool has_code = text[i] == '%' && i + 2 < text.size();
    const int high = has_code ? hex_digit(text[i + 1]) : -1;
    const int low = has_code ? hex_digit(text[i + 2]) : -1;
    if (high >= 0 && low >= 0) {
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      decoded += text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

}  // namespace

Listing parse_listing(std::string_view xml) {
  Listing listing;
  bool is_listing = false;
  bool is_encoded = false;
  Reader reader([&](const std::string& path, std::string text) {
    is_listing |= path == "ListBucketResult" || path.starts_with("ListBucketResult/");
    if (path == "ListBucketResult/Contents/Key") {
      listing.keys.push_back(std::move(text));
    } else if (path == "ListBucketResult/IsTruncated") {
      listing.is_truncated = text == "true";
    } else if (path == "ListBucketResult/NextContinuationToken") {
      listing.next = std::move(text);
    } else if (path == "ListBucketResult/EncodingType") {
      is_encoded = text == "url";
    }
  });
  reader.read(xml);
  if (!is_listing) {
    throw Error(ErrorCode::parse, "it is no list of objects");
  }
  if (is_encoded) {
    std::ranges::transform(listing.keys, listing.keys.begin(), url_decoded);
  }
  return listing;
}

std::string error_code(std::string_view xml) {
  std::string code;
  try {
    Reader reader([&](const std::string& path, std::string text) {
      if (path == "Error/Code" || path == "ErrorResponse/Error/Code") {
        code = std::move(text);
      }
    });
    reader.read(xml);
  } catch (const Error&) {
    return "";
  }
  const bool is_name = code.size() <= 64 &&
                       std::ranges::all_of(code, [](unsigned char c) { return std::isalnum(c); });
  return is_name ? code : "";
}

}  // namespace celldrift::store
