// SPDX-License-Identifier: MIT
//
// The IDODownload that clients get for a download. Each request creates a new object, because no
// page says whether the service returns the same one again.
#pragma once

#include <windows.h>

#include <functional>
#include <memory>

#include "com/pointer.h"
#include "downloads/download.h"

namespace dosvc_stand_in {

class Download;

dosvc::com::ComPtr<dosvc::abi::IDODownload> MakeDownloadObject(std::shared_ptr<Download> download);

// Calls `use` with an object that a client has only if it keeps a reference. Returns its HRESULT.
HRESULT LendDownloadObject(std::shared_ptr<Download> download,
                           const std::function<HRESULT(dosvc::abi::IDODownload*)>& use);

}  // namespace dosvc_stand_in
