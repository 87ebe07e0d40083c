#include "connectors/shopee/images.h"

#include <algorithm>
#include <filesystem>

#include "base/digest.h"
#include "connectors/shopee/mapping.h"

namespace connectors::shopee {

using base::Error;
using base::ErrorCode;

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
  const auto picture = common::fit_picture_file(path, kImageLimits);
  if (!picture) return picture.error();
  const auto& [bytes, facts] = picture.value();
  const auto content = base::fingerprint(bytes);
  if (auto known = known_.find(content); !known.empty()) return known;

  const auto name =
      std::filesystem::path{path}.stem().string() + std::string{common::extension(facts.format)};
  const auto answer = client_.upload_image(name, bytes);
  if (!answer) return answer.error();
  auto id = uploaded_image_id(answer.value());
  if (id.empty()) {
    return Error{ErrorCode::rejected, "picture " + name + " was not taken by Shopee", {}, {}};
  }
  known_.keep(content, id);
  return id;
}

void Images::forget(const ListingContent& content) {
  for (const auto& file : content.image_files) {
    const auto picture = common::fit_picture_file(file, kImageLimits);
    if (picture) known_.forget(base::fingerprint(picture.value().bytes));
  }
}

}  // namespace connectors::shopee
