#include "connectors/shopee/images.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/digest.h"
#include "connectors/shopee/mapping.h"

namespace connectors::shopee {

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
  if (size > kImageBytesMax) return unusable(name, "is larger than 10 MB");
  std::ifstream file{path, std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{file}, {}};
  if (!file || bytes.size() != size) return unusable(name, "cannot be read");
  return bytes;
}

}  // namespace

base::Result<std::vector<std::string>> Images::ids_of(const ListingContent& content) {
  std::vector<std::string> ids;
  const std::size_t count = std::min(content.image_files.size(), kImagesMax);
  for (std::size_t i = 0; i < count; ++i) {
    auto id = id_of(content.image_files[i]);
    if (!id) return id.error();
    ids.push_back(std::move(id).value());
  }
  return ids;
}

base::Result<std::string> Images::id_of(const std::string& path) {
  const auto bytes = read_file(path);
  if (!bytes) return bytes.error();
  const auto content = base::fingerprint(bytes.value());
  if (const auto known = known_.find(content); known != known_.end()) return known->second;

  const std::string name = std::filesystem::path{path}.filename().string();
  const auto answer = client_.upload_image(name, bytes.value());
  if (!answer) return answer.error();
  auto id = uploaded_image_id(answer.value());
  if (id.empty()) return unusable(name, "was not taken by Shopee");
  known_[content] = id;
  return id;
}

}  // namespace connectors::shopee
