"""What the kit adds to a Jupyter Server: its routes, and what a saved notebook keeps."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join

from kit.course import find_course_folder
from kit.errors import CourseError
from kit.server.apps_only import AppsOnly, keep_to_the_pages
from kit.server.class_page import class_routes
from kit.server.execution import LessonExecution
from kit.server.frontend_scripts import FrontendScripts
from kit.server.gallery_page import GalleryPage
from kit.server.grading_page import grading_routes, make_desk
from kit.server.known_course import KnownCourse
from kit.server.lesson_page import LessonPage
from kit.server.library_page import Librarian, LibraryApi, LibraryPage
from kit.server.math_fonts import MathFonts
from kit.server.media import CourseMedia, KitStatic
from kit.server.own_assignment import OwnAssignment
from kit.server.own_notebook import OwnNotebook
from kit.server.pages import Alive, HomePage, app_configuration, page_configuration
from kit.server.played import Keeper, PlayedApi
from kit.server.preview_state import Preview, PreviewState
from kit.server.review_page import ReviewPage
from kit.server.saving import keep_questions_as_text
from kit.server.widget_files import WidgetFiles

WIDGETS = Path(__file__).parent.parent / "widgets"
APPS = Path(__file__).parent.parent / "apps"


def load(server: ServerApp) -> None:
    """Add the kit's pages for the course in the server's root folder.

    A server whose folder holds no course stays as it was, with a line in its log.
    """
    try:
        course_folder = find_course_folder(Path(server.root_dir))
    except CourseError as error:
        server.log.info("Lesson Kit: %s", error)
        return
    base = server.web_app.settings["base_url"]
    known = KnownCourse(course_folder)
    page: dict[str, Any] = {"course_folder": course_folder, "config": server.config}
    lesson = {**page, "page_config": page_configuration(server)}
    home = {**page, "voila_configuration": app_configuration(server, progressive=False)}
    routes: list[tuple[str, type, dict[str, Any]]] = [
        (r"/kit/?", HomePage, home),
        (r"/kit/lesson/([^/]+)", LessonPage, lesson),
        (r"/kit/review/?", ReviewPage, lesson),
        (r"/kit/gallery/?", GalleryPage, lesson),
        (r"/kit/gallery/([^/]+)", GalleryPage, lesson),
        (r"/kit/library/?", LibraryPage, home),
        (r"/kit/media/(.+)", CourseMedia, {"known": known}),
        (r"/kit/frontend\.js", FrontendScripts, {}),
        (r"/kit/widgets/([a-z]+)\.(js|css)", WidgetFiles, {}),
        (r"/kit/static/math\.css", MathFonts, {}),
        (
            r"/kit/static/(.+\.(?:css|js))",
            KitStatic,
            {"path": [str(APPS / "static"), str(WIDGETS)]},
        ),
        (r"/kit/api/played/([^/]+)", PlayedApi, {"known": known, "keeper": Keeper()}),
        (r"/kit/api/library", LibraryApi, {"librarian": Librarian(course_folder)}),
        (r"/kit/api/alive", Alive, {"course_folder": course_folder}),
        (r"/voila/execution/(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)", LessonExecution, {}),
    ]
    if isinstance(server.authorizer, AppsOnly):
        server.web_app.settings["kit_apps_only"] = True
        keep_to_the_pages(server)
    else:
        routes.append((r"/kit/notebook/([^/]+)", OwnNotebook, {"course_folder": course_folder}))
        routes += class_routes(home)  # everybody's marks: for a teacher alone
        routes.append((r"/kit/assignment/([^/]+)", OwnAssignment, {"course_folder": course_folder}))
        desk = server.web_app.settings["kit_grading"] = make_desk(course_folder)
        routes += grading_routes(course_folder, desk)
    if folder := server.config.LessonKit.get("preview"):
        server.web_app.settings["kit_preview"] = Preview(course_folder, Path(folder))
        routes.append((r"/kit/api/preview/([^/]*)", PreviewState, {}))
    server.web_app.add_handlers(
        ".*$",
        [
            (url_path_join(re.escape(base), path), handler, options)
            for path, handler, options in routes
        ],
    )
    server.contents_manager.register_pre_save_hook(keep_questions_as_text)
