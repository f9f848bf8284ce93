/*
 * The controls of Lesson Kit's player: eleven elements of media-chrome, around a plain <video> or
 * <audio>. build.sh bundles this file into ../player.js, which the widget loads with a dynamic
 * import(). Menus (captions, speed, chapters), the transcript and the rest are the widget's own.
 *
 * Its words are the module's, not an element's: who loads it calls addTranslation(language, words)
 * before the first element is made, and sets `lang` on the controller.
 */

import "media-chrome/media-controller";
import "media-chrome/media-control-bar";
import "media-chrome/media-play-button";
import "media-chrome/media-seek-backward-button";
import "media-chrome/media-seek-forward-button";
import "media-chrome/media-mute-button";
import "media-chrome/media-volume-range";
import "media-chrome/media-time-range";
import "media-chrome/media-time-display";
import "media-chrome/media-pip-button";
import "media-chrome/media-fullscreen-button";

export { addTranslation } from "media-chrome/utils/i18n";
