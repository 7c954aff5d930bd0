// SPDX-License-Identifier: MIT
//
// IDODownload. Whoever asks for a download gets an object of his own: whether the service gives the
// same one again, no page says.
#pragma once

#include <memory>

#include "com/pointer.h"
#include "downloads/download.h"

namespace dosvc_stand_in {

class Download;

dosvc::com::ComPtr<dosvc::abi::IDODownload> MakeDownloadObject(std::shared_ptr<Download> download);

}  // namespace dosvc_stand_in
