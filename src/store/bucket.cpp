// Snapshots in S3, or in what speaks as S3 does. libcurl signs the requests.
#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/http/address.hpp"
#include "celldrift/http/status.hpp"
#include "store/listing.hpp"
#include "store/remote.hpp"

#include <algorithm>
#include <cctype>
#include <functional>
#include <mutex>

namespace celldrift::store {
namespace {

constexpr int max_pages = 200;  // of a list, of 1,000 keys each

// curl and servers take such parts out of a path, so that another object would be asked for.
bool has_dots(std::string_view key) {
  return std::ranges::any_of(split(key, '/'),
                             [](std::string_view part) { return part == "." || part == ".."; });
}

std::string signing_region(const std::string& region) {
  return region == "aws-global" ? "us-east-1" : region;
}

// Where a bucket's objects are: AWS has a host for each bucket, but for names with a dot, which its
// certificate does not cover. Others are asked by path.
struct Root {
  std::string url;
  std::string path;  // "/" or "/bucket/"
};

Root root_of(const Place& place, const kube::AwsIdentity& identity) {
  static constexpr std::string_view https = "https://";
  const bool has_host = !identity.is_own_s3 && identity.s3.starts_with(https) &&
                        place.bucket.find_first_of("._") == std::string::npos;
  return has_host
             ? Root{std::string(https) + place.bucket + "." + identity.s3.substr(https.size()), "/"}
             : Root{identity.s3, "/" + place.bucket + "/"};
}

class Bucket final : public Remote {
 public:
  Bucket(const Place& place, const kube::AwsIdentity& identity, const Asking& asking)
      : place_(place), asking_(asking), identity_(identity) {
    connect();
  }

  std::vector<std::string> list() override {
    std::vector<std::string> names;
    std::string token;
    for (int page = 0; page < max_pages; ++page) {
      Listing listing = list_page(token);
      for (std::string& key : listing.keys) {
        if (key.starts_with(place_.path) && is_snapshot_name(key)) {
          names.push_back(key.substr(place_.path.size()));
        }
      }
      check_count(names.size(), place_);
      if (!listing.is_truncated) {
        return names;
      }
      if (listing.next.empty() || listing.next == token) {
        throw Error(ErrorCode::server, place_.text + ": its list has no end");
      }
      token = std::move(listing.next);
    }
    throw Error(ErrorCode::limit,
                place_.text + " has more than " + std::to_string(max_pages * 1000) +
                    " objects; name a narrower place");
  }

  std::string get(const std::string& name) override {
    return send([&] { return get_request(target(name), max_file_bytes); }).body;
  }

  void put(const std::string& name, std::string bytes) override {
    send([&] { return put_request(target(name), bytes); });
  }

 private:
  void connect() {
    const Root root = root_of(place_, identity_);
    const kube::AwsKeys& keys = identity_.keys;
    root_path_ = root.path;
    // What comes is compressed already, and must come as it is.
    server_ = asking_.client.server(
        {.url = root.url, .disable_compression = true},
        http::fixed({.aws = http::AwsSigning{.key_id = keys.id,
                                             .secret_key = keys.secret,
                                             .session_token = keys.session_token,
                                             .region = signing_region(identity_.region),
                                             .service = "s3"}}));
  }

  std::string target(const std::string& name) const {
    const std::string key = place_.path + name;
    if (has_dots(key)) {
      throw Error(ErrorCode::unsupported, "an object with . or .. in its path cannot be asked for");
    }
    const std::lock_guard lock(mutex_);
    return root_path_ + http::url_encoded(key, "-._~/");
  }

  Listing list_page(const std::string& token) {
    const auto request = [&] {
      const std::lock_guard lock(mutex_);
      // In the order in which they are signed.
      std::string query =
          token.empty() ? "" : "continuation-token=" + http::url_encoded(token) + "&";
      query += "encoding-type=url&list-type=2&prefix=" + http::url_encoded(place_.path);
      return get_request(root_path_ + "?" + query, max_list_bytes);
    };
    const http::Response response = send(request);
    try {
      return parse_listing(response.body);
    } catch (const Error& error) {
      throw Error(error.code(), place_.text + ": the list of objects: " + error.message());
    }
  }

  // Sends it, and once more where the bucket turns out to be in another region.
  http::Response send(const std::function<http::Request()>& request) {
    http::Answer answer = ask(asking_, server(), request());
    if (answer.response.status / 100 != 2 && moves_to_region_of(answer.response)) {
      answer = ask(asking_, server(), request());
    }
    if (answer.response.status / 100 != 2) {
      throw http::error_of_status(
          answer.response.status, answer.asked, error_code(answer.response.body));
    }
    return std::move(answer.response);
  }

  std::shared_ptr<http::Server> server() const {
    const std::lock_guard lock(mutex_);
    return server_;
  }

  bool moves_to_region_of(const http::Response& response) {
    const std::string region(response.header("x-amz-bucket-region"));
    const bool is_name =
        !region.empty() && region.size() < 40 &&
        std::ranges::all_of(
            region, [](unsigned char c) { return std::islower(c) || std::isdigit(c) || c == '-'; });
    const std::lock_guard lock(mutex_);
    if (identity_.is_own_s3 || !is_name) {
      return false;
    }
    if (region == identity_.region) {
      return was_moved_;  // by another thread, after our request
    }
    const std::size_t at = identity_.s3.find("." + identity_.region + ".");
    if (was_moved_ || at == std::string::npos) {
      return false;
    }
    identity_.s3.replace(at + 1, identity_.region.size(), region);
    identity_.region = region;
    was_moved_ = true;
    connect();
    return true;
  }

  const Place place_;
  const Asking asking_;
  mutable std::mutex mutex_;  // what follows
  kube::AwsIdentity identity_;
  bool was_moved_ = false;
  std::string root_path_;
  std::shared_ptr<http::Server> server_;
};

}  // namespace

std::unique_ptr<Remote> open_bucket(const Place& place,
                                    const kube::AwsIdentity& identity,
                                    const Asking& asking) {
  return std::make_unique<Bucket>(place, identity, asking);
}

}  // namespace celldrift::store
