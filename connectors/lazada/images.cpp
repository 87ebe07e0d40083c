#include "connectors/lazada/images.h"

#include <algorithm>
#include <filesystem>

#include "base/digest.h"
#include "connectors/lazada/mapping.h"
#include "connectors/lazada/rules.h"

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;

Error unusable(const std::string& path, const std::string& what) {
  const auto name = std::filesystem::path{path}.filename().string();
  return {ErrorCode::rejected, "picture " + name + " " + what, {}, {}};
}

}  // namespace

common::PictureLimits picture_limits() {
  common::PictureLimits limits;
  limits.bytes_max = kImageBytesMax;
  limits.side_max = kPictureSideMax;
  limits.side_min = kPictureSideMin;
  return limits;
}

base::Result<std::vector<std::string>> Images::urls_of(
    std::span<const ListingContent* const> packs) {
  std::vector<std::string> urls;
  for (const auto* pack : packs) {
    for (const auto& file : pack->image_files) {
      if (urls.size() >= kImagesMax) return urls;
      auto url = url_of(file);
      if (!url) return url.error();
      const bool known = std::find(urls.begin(), urls.end(), url.value()) != urls.end();
      if (!known) urls.push_back(std::move(url).value());
    }
  }
  return urls;
}

base::Result<std::string> Images::url_of(const std::string& path) {
  const auto stamp = stamp_of(path);
  if (const auto known = stamped_.find(stamp); known != stamped_.end()) return known->second.url;
  auto picture = common::fit_picture_file(path, picture_limits());
  if (!picture) return picture.error();
  const auto& fitted = picture.value();
  const auto content = base::fingerprint(fitted.bytes);
  auto url = known_.find(content);
  if (url.empty()) {
    auto name = std::filesystem::path{path}.stem().string();
    name += common::extension(fitted.facts.format);
    const auto answer = client_.upload_image(name, fitted.bytes);
    if (!answer) return answer.error();
    url = uploaded_url(answer.value());
    if (url.empty()) return unusable(path, "was not taken by Lazada");
    known_.keep(content, url);
  }
  if (stamped_.size() >= kImagesKnownMax) stamped_.clear();
  if (!stamp.empty()) stamped_[stamp] = {content, url};
  return url;
}

void Images::forget(const ListingContent& content) {
  for (const auto& file : content.image_files) {
    const auto there = stamped_.find(stamp_of(file));
    if (there == stamped_.end()) continue;
    known_.forget(there->second.content);
    stamped_.erase(there);
  }
}

std::string Images::stamp_of(const std::string& path) {
  std::error_code failure;
  const auto size = std::filesystem::file_size(path, failure);
  if (failure) return {};
  const auto time = std::filesystem::last_write_time(path, failure);
  if (failure) return {};
  return path + "?" + std::to_string(size) + "?" + std::to_string(time.time_since_epoch().count());
}

}  // namespace connectors::lazada
