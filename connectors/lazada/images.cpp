#include "connectors/lazada/images.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/digest.h"
#include "connectors/lazada/mapping.h"

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;

Error unusable(const std::string& file_name, const std::string& what) {
  return {ErrorCode::rejected, "picture " + file_name + " " + what, {}, {}};
}

base::Result<std::string> read_file(const std::string& path) {
  const std::string name = std::filesystem::path{path}.filename().string();
  std::error_code failure;
  const auto size = std::filesystem::file_size(path, failure);
  if (failure) return unusable(name, "cannot be read");
  if (size == 0) return unusable(name, "is empty");
  if (size > kImageBytesMax) return unusable(name, "is larger than 3 MB");
  std::ifstream file{path, std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{file}, {}};
  if (!file || bytes.size() != size) return unusable(name, "cannot be read");
  return bytes;
}

}  // namespace

base::Result<std::vector<std::string>> Images::urls_of(const ListingContent& content) {
  std::vector<std::string> urls;
  const std::size_t count = std::min(content.image_files.size(), kImagesMax);
  for (std::size_t i = 0; i < count; ++i) {
    auto url = url_of(content.image_files[i]);
    if (!url) return url.error();
    urls.push_back(std::move(url).value());
  }
  return urls;
}

base::Result<std::string> Images::url_of(const std::string& path) {
  const auto bytes = read_file(path);
  if (!bytes) return bytes.error();
  const auto content = base::fingerprint(bytes.value());
  if (const auto known = known_.find(content); known != known_.end()) return known->second;

  const std::string name = std::filesystem::path{path}.filename().string();
  const auto answer = client_.upload_image(name, bytes.value());
  if (!answer) return answer.error();
  auto url = uploaded_url(answer.value());
  if (url.empty()) return unusable(name, "was not taken by Lazada");
  known_[content] = url;
  return url;
}

}  // namespace connectors::lazada
