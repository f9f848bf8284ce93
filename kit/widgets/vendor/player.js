/* Lesson Kit player controls, built from src/player.js by build.sh. Contains media-chrome (MIT); see LICENSES.txt. */
var _i=class{addEventListener(){}removeEventListener(){}dispatchEvent(){return!0}},gi=class extends _i{},bi=class extends gi{constructor(){super(...arguments),this.role=null}},Pr=class{observe(){}unobserve(){}disconnect(){}},_s={createElement:function(){return new $t.HTMLElement},createElementNS:function(){return new $t.HTMLElement},addEventListener(){},removeEventListener(){},dispatchEvent(t){return!1}},$t={ResizeObserver:Pr,document:_s,Node:gi,Element:bi,HTMLElement:class extends bi{constructor(){super(...arguments),this.innerHTML=""}get content(){return new $t.DocumentFragment}},DocumentFragment:class extends _i{},customElements:{get:function(){},define:function(){},whenDefined:function(){}},localStorage:{getItem(t){return null},setItem(t,e){},removeItem(t){}},CustomEvent:function(){},getComputedStyle:function(){},navigator:{languages:[],get userAgent(){return""}},matchMedia(t){return{matches:!1,media:t}},DOMParser:class{parseFromString(e,i){return{body:{textContent:e}}}}},gs="global"in globalThis&&globalThis?.global===globalThis||typeof window>"u"||typeof window.customElements>"u",bs=Object.keys($t).every(t=>t in globalThis),l=gs&&!bs?$t:globalThis,B=gs&&!bs?_s:globalThis.document;var h={MEDIA_PLAY_REQUEST:"mediaplayrequest",MEDIA_PAUSE_REQUEST:"mediapauserequest",MEDIA_MUTE_REQUEST:"mediamuterequest",MEDIA_UNMUTE_REQUEST:"mediaunmuterequest",MEDIA_LOOP_REQUEST:"medialooprequest",MEDIA_VOLUME_REQUEST:"mediavolumerequest",MEDIA_SEEK_REQUEST:"mediaseekrequest",MEDIA_AIRPLAY_REQUEST:"mediaairplayrequest",MEDIA_ENTER_FULLSCREEN_REQUEST:"mediaenterfullscreenrequest",MEDIA_EXIT_FULLSCREEN_REQUEST:"mediaexitfullscreenrequest",MEDIA_PREVIEW_REQUEST:"mediapreviewrequest",MEDIA_ENTER_PIP_REQUEST:"mediaenterpiprequest",MEDIA_EXIT_PIP_REQUEST:"mediaexitpiprequest",MEDIA_ENTER_CAST_REQUEST:"mediaentercastrequest",MEDIA_EXIT_CAST_REQUEST:"mediaexitcastrequest",MEDIA_SHOW_TEXT_TRACKS_REQUEST:"mediashowtexttracksrequest",MEDIA_HIDE_TEXT_TRACKS_REQUEST:"mediahidetexttracksrequest",MEDIA_SHOW_SUBTITLES_REQUEST:"mediashowsubtitlesrequest",MEDIA_DISABLE_SUBTITLES_REQUEST:"mediadisablesubtitlesrequest",MEDIA_TOGGLE_SUBTITLES_REQUEST:"mediatogglesubtitlesrequest",MEDIA_PLAYBACK_RATE_REQUEST:"mediaplaybackraterequest",MEDIA_RENDITION_REQUEST:"mediarenditionrequest",MEDIA_AUDIO_TRACK_REQUEST:"mediaaudiotrackrequest",MEDIA_SEEK_TO_LIVE_REQUEST:"mediaseektoliverequest",REGISTER_MEDIA_STATE_RECEIVER:"registermediastatereceiver",UNREGISTER_MEDIA_STATE_RECEIVER:"unregistermediastatereceiver"},M={MEDIA_CHROME_ATTRIBUTES:"mediachromeattributes",MEDIA_CONTROLLER:"mediacontroller"},Nr={MEDIA_AIRPLAY_UNAVAILABLE:"mediaAirplayUnavailable",MEDIA_AUDIO_TRACK_ENABLED:"mediaAudioTrackEnabled",MEDIA_AUDIO_TRACK_LIST:"mediaAudioTrackList",MEDIA_AUDIO_TRACK_UNAVAILABLE:"mediaAudioTrackUnavailable",MEDIA_BUFFERED:"mediaBuffered",MEDIA_CAST_UNAVAILABLE:"mediaCastUnavailable",MEDIA_CHAPTERS_CUES:"mediaChaptersCues",MEDIA_CURRENT_TIME:"mediaCurrentTime",MEDIA_DURATION:"mediaDuration",MEDIA_ENDED:"mediaEnded",MEDIA_ERROR:"mediaError",MEDIA_ERROR_CODE:"mediaErrorCode",MEDIA_ERROR_MESSAGE:"mediaErrorMessage",MEDIA_FULLSCREEN_UNAVAILABLE:"mediaFullscreenUnavailable",MEDIA_HAS_PLAYED:"mediaHasPlayed",MEDIA_HEIGHT:"mediaHeight",MEDIA_IS_AIRPLAYING:"mediaIsAirplaying",MEDIA_IS_CASTING:"mediaIsCasting",MEDIA_IS_FULLSCREEN:"mediaIsFullscreen",MEDIA_IS_PIP:"mediaIsPip",MEDIA_LOADING:"mediaLoading",MEDIA_MUTED:"mediaMuted",MEDIA_LOOP:"mediaLoop",MEDIA_PAUSED:"mediaPaused",MEDIA_PIP_UNAVAILABLE:"mediaPipUnavailable",MEDIA_PLAYBACK_RATE:"mediaPlaybackRate",MEDIA_PREVIEW_CHAPTER:"mediaPreviewChapter",MEDIA_PREVIEW_COORDS:"mediaPreviewCoords",MEDIA_PREVIEW_IMAGE:"mediaPreviewImage",MEDIA_PREVIEW_TIME:"mediaPreviewTime",MEDIA_RENDITION_LIST:"mediaRenditionList",MEDIA_RENDITION_SELECTED:"mediaRenditionSelected",MEDIA_RENDITION_UNAVAILABLE:"mediaRenditionUnavailable",MEDIA_SEEKABLE:"mediaSeekable",MEDIA_STREAM_TYPE:"mediaStreamType",MEDIA_SUBTITLES_LIST:"mediaSubtitlesList",MEDIA_SUBTITLES_SHOWING:"mediaSubtitlesShowing",MEDIA_TARGET_LIVE_WINDOW:"mediaTargetLiveWindow",MEDIA_TIME_IS_LIVE:"mediaTimeIsLive",MEDIA_VOLUME:"mediaVolume",MEDIA_VOLUME_LEVEL:"mediaVolumeLevel",MEDIA_VOLUME_UNAVAILABLE:"mediaVolumeUnavailable",MEDIA_LANG:"mediaLang",MEDIA_WIDTH:"mediaWidth"},As=Object.entries(Nr),o=As.reduce((t,[e,i])=>(t[e]=i.toLowerCase(),t),{}),an={USER_INACTIVE_CHANGE:"userinactivechange",BREAKPOINTS_CHANGE:"breakpointchange",BREAKPOINTS_COMPUTED:"breakpointscomputed"},Ge=As.reduce((t,[e,i])=>(t[e]=i.toLowerCase(),t),{...an}),ad=Object.entries(Ge).reduce((t,[e,i])=>{let r=o[e];return r&&(t[i]=r),t},{userinactivechange:"userinactive"}),Ts=Object.entries(o).reduce((t,[e,i])=>{let r=Ge[e];return r&&(t[i]=r),t},{userinactive:"userinactivechange"}),J={SUBTITLES:"subtitles",CAPTIONS:"captions",DESCRIPTIONS:"descriptions",CHAPTERS:"chapters",METADATA:"metadata"},De={DISABLED:"disabled",HIDDEN:"hidden",SHOWING:"showing"};var Ai={MOUSE:"mouse",PEN:"pen",TOUCH:"touch"},j={UNAVAILABLE:"unavailable",UNSUPPORTED:"unsupported"},te={LIVE:"live",ON_DEMAND:"on-demand",UNKNOWN:"unknown"};var Ss={INLINE:"inline",FULLSCREEN:"fullscreen",PICTURE_IN_PICTURE:"picture-in-picture"};var Is=new WeakMap,Fr=t=>{let e=Is.get(t);return e||Is.set(t,e=new Set),e},ks=new l.ResizeObserver(t=>{for(let e of t)for(let i of Fr(e.target))i(e)});function Ti(t,e){Fr(t).add(e),ks.observe(t)}function Si(t,e){let i=Fr(t);i.delete(e),i.size||ks.unobserve(t)}function G(t){let e={};for(let i of t)e[i.name]=i.value;return e}function ys(t){var e;return(e=sn(t))!=null?e:Ce(t,"media-controller")}function sn(t){var e;let{MEDIA_CONTROLLER:i}=M,r=t.getAttribute(i);if(r)return(e=nn(t))==null?void 0:e.getElementById(r)}var Ii=(t,e,i=".value")=>{let r=t.querySelector(i);r&&(r.textContent=e)},on=(t,e)=>{let i=`slot[name="${e}"]`,r=t.shadowRoot.querySelector(i);return r?r.children:[]},ki=(t,e)=>on(t,e)[0],ve=(t,e)=>!t||!e?!1:t?.contains(e)?!0:ve(t,e.getRootNode().host),Ce=(t,e)=>{if(!t)return null;let i=t.closest(e);return i||Ce(t.getRootNode().host,e)};function Hr(t=document){var e;let i=t?.activeElement;return i?(e=Hr(i.shadowRoot))!=null?e:i:null}function nn(t){var e;let i=(e=t?.getRootNode)==null?void 0:e.call(t);return i instanceof ShadowRoot||i instanceof Document?i:null}function yi(t,{depth:e=3,checkOpacity:i=!0,checkVisibilityCSS:r=!0}={}){if(t.checkVisibility)return t.checkVisibility({checkOpacity:i,checkVisibilityCSS:r});let a=t;for(;a&&e>0;){let s=getComputedStyle(a);if(i&&s.opacity==="0"||r&&s.visibility==="hidden"||s.display==="none")return!1;a=a.parentElement,e--}return!0}function ws(t,e,i,r){let a=r.x-i.x,s=r.y-i.y,n=a*a+s*s;if(n===0)return 0;let d=((t-i.x)*a+(e-i.y)*s)/n;return Math.max(0,Math.min(1,d))}function O(t,e){let i=ln(t,r=>r===e);return i||Br(t,e)}function ln(t,e){var i,r;let a;for(a of(i=t.querySelectorAll("style:not([media])"))!=null?i:[]){let s;try{s=(r=a.sheet)==null?void 0:r.cssRules}catch{continue}for(let n of s??[])if(e(n.selectorText))return n}}function Br(t,e){var i,r;let a=(i=t.querySelectorAll("style:not([media])"))!=null?i:[],s=a?.[a.length-1];if(!s?.sheet)return console.warn("Media Chrome: No style sheet found on style tag of",t),{style:{setProperty:()=>{},removeProperty:()=>"",getPropertyValue:()=>""}};let n=s?.sheet.insertRule(`${e}{}`,s.sheet.cssRules.length);return(r=s.sheet.cssRules)==null?void 0:r[n]}function C(t,e,i=Number.NaN){let r=t.getAttribute(e);return r!=null?+r:i}function N(t,e,i){let r=+i;if(i==null||Number.isNaN(r)){t.hasAttribute(e)&&t.removeAttribute(e);return}C(t,e,void 0)!==r&&t.setAttribute(e,`${r}`)}function I(t,e){return t.hasAttribute(e)}function k(t,e,i){if(i==null){t.hasAttribute(e)&&t.removeAttribute(e);return}I(t,e)!=i&&t.toggleAttribute(e,i)}function D(t,e,i=null){var r;return(r=t.getAttribute(e))!=null?r:i}function L(t,e,i){if(i==null){t.hasAttribute(e)&&t.removeAttribute(e);return}let r=`${i}`;D(t,e,void 0)!==r&&t.setAttribute(e,r)}var Ms=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},de=(t,e,i)=>(Ms(t,e,"read from private field"),i?i.call(t):e.get(t)),dn=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},wi=(t,e,i,r)=>(Ms(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Y;function un(t){return`
    <style>
      :host {
        display: var(--media-control-display, var(--media-gesture-receiver-display, inline-block));
        box-sizing: border-box;
      }
    </style>
  `}var dt=class extends l.HTMLElement{constructor(){if(super(),dn(this,Y,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=G(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[M.MEDIA_CONTROLLER,o.MEDIA_PAUSED]}attributeChangedCallback(e,i,r){var a,s,n,d,u;e===M.MEDIA_CONTROLLER&&(i&&((s=(a=de(this,Y))==null?void 0:a.unassociateElement)==null||s.call(a,this),wi(this,Y,null)),r&&this.isConnected&&(wi(this,Y,(n=this.getRootNode())==null?void 0:n.getElementById(r)),(u=(d=de(this,Y))==null?void 0:d.associateElement)==null||u.call(d,this)))}connectedCallback(){var e,i;this.tabIndex=-1,this.setAttribute("aria-hidden","true"),wi(this,Y,cn(this)),this.getAttribute(M.MEDIA_CONTROLLER)&&((i=(e=de(this,Y))==null?void 0:e.associateElement)==null||i.call(e,this)),de(this,Y)&&(de(this,Y).addEventListener("pointerdown",this),de(this,Y).addEventListener("click",this),de(this,Y).hasAttribute("tabindex")||(de(this,Y).tabIndex=0))}disconnectedCallback(){var e,i,r,a;this.getAttribute(M.MEDIA_CONTROLLER)&&((i=(e=de(this,Y))==null?void 0:e.unassociateElement)==null||i.call(e,this)),(r=de(this,Y))==null||r.removeEventListener("pointerdown",this),(a=de(this,Y))==null||a.removeEventListener("click",this),wi(this,Y,null)}handleEvent(e){var i;let r=(i=e.composedPath())==null?void 0:i[0];if(["video","media-controller"].includes(r?.localName)){if(e.type==="pointerdown")this._pointerType=e.pointerType;else if(e.type==="click"){let{clientX:s,clientY:n}=e,{left:d,top:u,width:S,height:T}=this.getBoundingClientRect(),b=s-d,v=n-u;if(b<0||v<0||b>S||v>T||S===0&&T===0)return;let m=this._pointerType||"mouse";if(this._pointerType=void 0,m===Ai.TOUCH){this.handleTap(e);return}else if(m===Ai.MOUSE||m===Ai.PEN){this.handleMouseClick(e);return}}}}get mediaPaused(){return I(this,o.MEDIA_PAUSED)}set mediaPaused(e){k(this,o.MEDIA_PAUSED,e)}handleTap(e){}handleMouseClick(e){let i=this.mediaPaused?h.MEDIA_PLAY_REQUEST:h.MEDIA_PAUSE_REQUEST;this.dispatchEvent(new l.CustomEvent(i,{composed:!0,bubbles:!0}))}};Y=new WeakMap;dt.shadowRootOptions={mode:"open"};dt.getTemplateHTML=un;function cn(t){var e;let i=t.getAttribute(M.MEDIA_CONTROLLER);return i?(e=t.getRootNode())==null?void 0:e.getElementById(i):Ce(t,"media-controller")}l.customElements.get("media-gesture-receiver")||l.customElements.define("media-gesture-receiver",dt);var Wr=dt;var Ls={"Start airplay":"Start airplay","Stop airplay":"Stop airplay",Audio:"Audio",Captions:"Captions","Enable captions":"Enable captions","Disable captions":"Disable captions","Start casting":"Start casting","Stop casting":"Stop casting","Enter fullscreen mode":"Enter fullscreen mode","Exit fullscreen mode":"Exit fullscreen mode",Mute:"Mute",Unmute:"Unmute",Loop:"Loop","Enter picture in picture mode":"Enter picture in picture mode","Exit picture in picture mode":"Exit picture in picture mode",Play:"Play",Pause:"Pause","Playback rate":"Playback rate","Playback rate {playbackRate}":"Playback rate {playbackRate}",Quality:"Quality","Seek backward":"Seek backward","Seek forward":"Seek forward",Settings:"Settings",Auto:"Auto","audio player":"audio player","video player":"video player",volume:"volume",seek:"seek","closed captions":"closed captions","current playback rate":"current playback rate","playback time":"playback time","media loading":"media loading",settings:"settings","audio tracks":"audio tracks",quality:"quality",play:"play",pause:"pause",mute:"mute",unmute:"unmute","chapter: {chapterName}":"chapter: {chapterName}",live:"live",Off:"Off","start airplay":"start airplay","stop airplay":"stop airplay","start casting":"start casting","stop casting":"stop casting","enter fullscreen mode":"enter fullscreen mode","exit fullscreen mode":"exit fullscreen mode","enter picture in picture mode":"enter picture in picture mode","exit picture in picture mode":"exit picture in picture mode","seek to live":"seek to live","playing live":"playing live","seek back {seekOffset} seconds":"seek back {seekOffset} seconds","seek forward {seekOffset} seconds":"seek forward {seekOffset} seconds","Network Error":"Network Error","Decode Error":"Decode Error","Source Not Supported":"Source Not Supported","Encryption Error":"Encryption Error","A network error caused the media download to fail.":"A network error caused the media download to fail.","A media error caused playback to be aborted. The media could be corrupt or your browser does not support this format.":"A media error caused playback to be aborted. The media could be corrupt or your browser does not support this format.","An unsupported error occurred. The server or network failed, or your browser does not support this format.":"An unsupported error occurred. The server or network failed, or your browser does not support this format.","The media is encrypted and there are no keys to decrypt it.":"The media is encrypted and there are no keys to decrypt it.",hour:"hour",hours:"hours",minute:"minute",minutes:"minutes",second:"second",seconds:"seconds","{time} remaining":"{time} remaining","{currentTime} of {totalTime}":"{currentTime} of {totalTime}","video not loaded, unknown time.":"video not loaded, unknown time."};var Rs,ut={en:Ls},ct=((Rs=globalThis.navigator)==null?void 0:Rs.language)||"en",Ds=t=>{ct=t},hn=(t,e)=>{ut[t]=e},mn=t=>{var e,i,r;let[a]=ct.split("-");return((e=ut[ct])==null?void 0:e[t])||((i=ut[a])==null?void 0:i[t])||((r=ut.en)==null?void 0:r[t])||t},Cs=()=>{let[t]=ct.split("-");return ut[ct]?ct:ut[t]?t:"en"},_=(t,e={})=>mn(t).replace(/\{(\w+)\}/g,(i,r)=>r in e?String(e[r]):`{${r}}`);var Gr=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},F=(t,e,i)=>(Gr(t,e,"read from private field"),i?i.call(t):e.get(t)),Z=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ue=(t,e,i,r)=>(Gr(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),ce=(t,e,i)=>(Gr(t,e,"access private method"),i),Vt,Ri,ht,Et,pt,$r,mt,Mi,Vr,Os,Kr,Us,Kt,Di,Ci,qr,vt,Gt,Oe,Li,f={AUDIO:"audio",AUTOHIDE:"autohide",BREAKPOINTS:"breakpoints",GESTURES_DISABLED:"gesturesdisabled",KEYBOARD_CONTROL:"keyboardcontrol",NO_AUTOHIDE:"noautohide",USER_INACTIVE:"userinactive",AUTOHIDE_OVER_CONTROLS:"autohideovercontrols"};function pn(t){return`
    <style>
      
      :host([${o.MEDIA_IS_FULLSCREEN}]) ::slotted([slot=media]) {
        outline: none;
      }

      :host {
        box-sizing: border-box;
        position: relative;
        display: inline-block;
        line-height: 0;
        background-color: var(--media-background-color, #000);
        overflow: hidden;
      }

      :host(:not([${f.AUDIO}])) [part~=layer]:not([part~=media-layer]) {
        position: absolute;
        top: 0;
        left: 0;
        bottom: 0;
        right: 0;
        display: flex;
        flex-flow: column nowrap;
        align-items: start;
        pointer-events: none;
        background: none;
      }

      slot[name=media] {
        display: var(--media-slot-display, contents);
      }

      
      :host([${f.AUDIO}]) slot[name=media] {
        display: var(--media-slot-display, none);
      }

      
      :host([${f.AUDIO}]) [part~=layer][part~=gesture-layer] {
        height: 0;
        display: block;
      }

      
      :host(:not([${f.AUDIO}])[${f.GESTURES_DISABLED}]) ::slotted([slot=gestures-chrome]),
          :host(:not([${f.AUDIO}])[${f.GESTURES_DISABLED}]) media-gesture-receiver[slot=gestures-chrome] {
        display: none;
      }

      
      ::slotted(:not([slot=media]):not([slot=poster]):not(media-loading-indicator):not([role=dialog]):not([hidden])) {
        pointer-events: auto;
      }

      :host(:not([${f.AUDIO}])) *[part~=layer][part~=centered-layer] {
        align-items: center;
        justify-content: center;
      }

      :host(:not([${f.AUDIO}])) ::slotted(media-gesture-receiver[slot=gestures-chrome]),
      :host(:not([${f.AUDIO}])) media-gesture-receiver[slot=gestures-chrome] {
        align-self: stretch;
        flex-grow: 1;
      }

      slot[name=middle-chrome] {
        display: inline;
        flex-grow: 1;
        pointer-events: none;
        background: none;
      }

      
      ::slotted([slot=media]),
      ::slotted([slot=poster]) {
        width: 100%;
        height: 100%;
      }

      
      :host(:not([${f.AUDIO}])) .spacer {
        flex-grow: 1;
      }

      
      :host(:-webkit-full-screen) {
        
        width: 100% !important;
        height: 100% !important;
      }

      
      ::slotted(:not([slot=media]):not([slot=poster]):not([${f.NO_AUTOHIDE}]):not([hidden]):not([role=dialog])) {
        opacity: 1;
        transition: var(--media-control-transition-in, opacity 0.25s);
      }

      
      :host([${f.USER_INACTIVE}]:not([${o.MEDIA_PAUSED}]):not([${o.MEDIA_IS_AIRPLAYING}]):not([${o.MEDIA_IS_CASTING}]):not([${f.AUDIO}])) ::slotted(:not([slot=media]):not([slot=poster]):not([${f.NO_AUTOHIDE}]):not([role=dialog])) {
        opacity: 0;
        transition: var(--media-control-transition-out, opacity 1s);
      }

      :host([${f.USER_INACTIVE}]:not([${f.NO_AUTOHIDE}]):not([${o.MEDIA_PAUSED}]):not([${o.MEDIA_IS_CASTING}]):not([${f.AUDIO}])) ::slotted([slot=media]) {
        cursor: none;
      }

      :host([${f.USER_INACTIVE}][${f.AUTOHIDE_OVER_CONTROLS}]:not([${f.NO_AUTOHIDE}]):not([${o.MEDIA_PAUSED}]):not([${o.MEDIA_IS_CASTING}]):not([${f.AUDIO}])) * {
        --media-cursor: none;
        cursor: none;
      }


      ::slotted(media-control-bar)  {
        align-self: stretch;
      }

      
      
      :host(:not([${f.AUDIO}])[${o.MEDIA_HAS_PLAYED}]) slot[name=poster],
      :host(:not([${f.AUDIO}])[${o.MEDIA_STREAM_TYPE}="${te.ON_DEMAND}"][${o.MEDIA_CURRENT_TIME}]:not([${o.MEDIA_CURRENT_TIME}="0"])) slot[name=poster] {
        display: none;
      }

      ::slotted([role=dialog]) {
        width: 100%;
        height: 100%;
        align-self: center;
      }

      ::slotted([role=menu]) {
        align-self: end;
      }
    </style>

    <slot name="media" part="layer media-layer"></slot>
    <slot name="poster" part="layer poster-layer"></slot>
    <slot name="gestures-chrome" part="layer gesture-layer">
      <media-gesture-receiver slot="gestures-chrome">
        <template shadowrootmode="${Wr.shadowRootOptions.mode}">
          ${Wr.getTemplateHTML({})}
        </template>
      </media-gesture-receiver>
    </slot>
    <span part="layer vertical-layer">
      <slot name="top-chrome" part="top chrome"></slot>
      <slot name="middle-chrome" part="middle chrome"></slot>
      <slot name="centered-chrome" part="layer centered-layer center centered chrome"></slot>
      
      <slot part="bottom chrome"></slot>
    </span>
    <slot name="dialog" part="layer dialog-layer"></slot>
  `}var En=Object.values(o),vn="sm:384 md:576 lg:768 xl:960";function fn(t){xs(t.target,t.contentRect.width)}function xs(t,e){var i;if(!t.isConnected)return;let r=(i=t.getAttribute(f.BREAKPOINTS))!=null?i:vn,a=_n(r),s=gn(a,e),n=!1;if(Object.keys(a).forEach(d=>{if(s.includes(d)){t.hasAttribute(`breakpoint${d}`)||(t.setAttribute(`breakpoint${d}`,""),n=!0);return}t.hasAttribute(`breakpoint${d}`)&&(t.removeAttribute(`breakpoint${d}`),n=!0)}),n){let d=new CustomEvent(Ge.BREAKPOINTS_CHANGE,{detail:s});t.dispatchEvent(d)}t.breakpointsComputed||(t.breakpointsComputed=!0,t.dispatchEvent(new CustomEvent(Ge.BREAKPOINTS_COMPUTED,{bubbles:!0,composed:!0})))}function _n(t){let e=t.split(/\s+/);return Object.fromEntries(e.map(i=>i.split(":")))}function gn(t,e){return Object.keys(t).filter(i=>e>=parseInt(t[i]))}var qe=class extends l.HTMLElement{constructor(){if(super(),Z(this,Vr),Z(this,Kr),Z(this,Kt),Z(this,Ci),Z(this,vt),Z(this,Vt,void 0),Z(this,Ri,0),Z(this,ht,null),Z(this,Et,null),Z(this,pt,void 0),this.breakpointsComputed=!1,Z(this,$r,e=>{let i=this.media;for(let r of e){if(r.type!=="childList")continue;let a=r.removedNodes;for(let s of a){if(s.slot!="media"||r.target!=this)continue;let n=r.previousSibling&&r.previousSibling.previousElementSibling;if(!n||!i)this.mediaUnsetCallback(s);else{let d=n.slot!=="media";for(;(n=n.previousSibling)!==null;)n.slot=="media"&&(d=!1);d&&this.mediaUnsetCallback(s)}}if(i)for(let s of r.addedNodes)s===i&&this.handleMediaUpdated(i)}}),Z(this,mt,!1),Z(this,Mi,e=>{F(this,mt)||(setTimeout(()=>{fn(e),ue(this,mt,!1)},0),ue(this,mt,!0))}),Z(this,Oe,void 0),Z(this,Li,()=>{if(!F(this,Oe).assignedElements({flatten:!0}).length){F(this,ht)&&this.mediaUnsetCallback(F(this,ht));return}this.handleMediaUpdated(this.media)}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=G(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}ue(this,Vt,new MutationObserver(F(this,$r)))}static get observedAttributes(){return[f.AUTOHIDE,f.GESTURES_DISABLED].concat(En).filter(e=>![o.MEDIA_RENDITION_LIST,o.MEDIA_AUDIO_TRACK_LIST,o.MEDIA_CHAPTERS_CUES,o.MEDIA_WIDTH,o.MEDIA_HEIGHT,o.MEDIA_ERROR,o.MEDIA_ERROR_MESSAGE].includes(e))}attributeChangedCallback(e,i,r){e.toLowerCase()==f.AUTOHIDE&&(this.autohide=r)}get media(){let e=this.querySelector(":scope > [slot=media]");return e?.nodeName=="SLOT"&&(e=e.assignedElements({flatten:!0})[0]),e}async handleMediaUpdated(e){e&&(ue(this,ht,e),e.localName.includes("-")&&await l.customElements.whenDefined(e.localName),this.mediaSetCallback(e))}connectedCallback(){var e;F(this,Vt).observe(this,{childList:!0,subtree:!0}),Ti(this,F(this,Mi));let r=this.getAttribute(f.AUDIO)!=null?_("audio player"):_("video player");this.setAttribute("role","region"),this.setAttribute("aria-label",r),this.handleMediaUpdated(this.media),this.setAttribute(f.USER_INACTIVE,""),xs(this,this.getBoundingClientRect().width);let a=this.querySelector(":scope > slot[slot=media]");a&&(ue(this,Oe,a),F(this,Oe).addEventListener("slotchange",F(this,Li))),this.addEventListener("pointerdown",this),this.addEventListener("pointermove",this),this.addEventListener("pointerup",this),this.addEventListener("mouseleave",this),this.addEventListener("keyup",this),(e=l.window)==null||e.addEventListener("mouseup",this)}disconnectedCallback(){var e;Si(this,F(this,Mi)),clearTimeout(F(this,Et)),F(this,Vt).disconnect(),this.media&&this.mediaUnsetCallback(this.media),(e=l.window)==null||e.removeEventListener("mouseup",this),this.removeEventListener("pointerdown",this),this.removeEventListener("pointermove",this),this.removeEventListener("pointerup",this),this.removeEventListener("mouseleave",this),this.removeEventListener("keyup",this),F(this,Oe)&&(F(this,Oe).removeEventListener("slotchange",F(this,Li)),ue(this,Oe,null)),ue(this,mt,!1)}mediaSetCallback(e){}mediaUnsetCallback(e){ue(this,ht,null)}handleEvent(e){switch(e.type){case"pointerdown":ue(this,Ri,e.timeStamp);break;case"pointermove":ce(this,Vr,Os).call(this,e);break;case"pointerup":ce(this,Kr,Us).call(this,e);break;case"mouseleave":ce(this,Kt,Di).call(this);break;case"mouseup":this.removeAttribute(f.KEYBOARD_CONTROL);break;case"keyup":ce(this,vt,Gt).call(this),this.setAttribute(f.KEYBOARD_CONTROL,"");break}}set autohide(e){let i=Number(e);ue(this,pt,isNaN(i)?0:i)}get autohide(){return(F(this,pt)===void 0?2:F(this,pt)).toString()}get breakpoints(){return D(this,f.BREAKPOINTS)}set breakpoints(e){L(this,f.BREAKPOINTS,e)}get audio(){return I(this,f.AUDIO)}set audio(e){k(this,f.AUDIO,e)}get gesturesDisabled(){return I(this,f.GESTURES_DISABLED)}set gesturesDisabled(e){k(this,f.GESTURES_DISABLED,e)}get keyboardControl(){return I(this,f.KEYBOARD_CONTROL)}set keyboardControl(e){k(this,f.KEYBOARD_CONTROL,e)}get noAutohide(){return I(this,f.NO_AUTOHIDE)}set noAutohide(e){k(this,f.NO_AUTOHIDE,e)}get autohideOverControls(){return I(this,f.AUTOHIDE_OVER_CONTROLS)}set autohideOverControls(e){k(this,f.AUTOHIDE_OVER_CONTROLS,e)}get userInteractive(){return I(this,f.USER_INACTIVE)}set userInteractive(e){k(this,f.USER_INACTIVE,e)}};Vt=new WeakMap;Ri=new WeakMap;ht=new WeakMap;Et=new WeakMap;pt=new WeakMap;$r=new WeakMap;mt=new WeakMap;Mi=new WeakMap;Vr=new WeakSet;Os=function(t){if(t.pointerType!=="mouse"&&t.timeStamp-F(this,Ri)<250)return;ce(this,Ci,qr).call(this),clearTimeout(F(this,Et));let e=this.hasAttribute(f.AUTOHIDE_OVER_CONTROLS);([this,this.media].includes(t.target)||e)&&ce(this,vt,Gt).call(this)};Kr=new WeakSet;Us=function(t){if(t.pointerType==="touch"){let e=!this.hasAttribute(f.USER_INACTIVE);[this,this.media].includes(t.target)&&e?ce(this,Kt,Di).call(this):ce(this,vt,Gt).call(this)}else t.composedPath().some(e=>["media-play-button","media-fullscreen-button"].includes(e?.localName))&&ce(this,vt,Gt).call(this)};Kt=new WeakSet;Di=function(){if(F(this,pt)<0||this.hasAttribute(f.USER_INACTIVE))return;this.setAttribute(f.USER_INACTIVE,"");let t=new l.CustomEvent(Ge.USER_INACTIVE_CHANGE,{composed:!0,bubbles:!0,detail:!0});this.dispatchEvent(t)};Ci=new WeakSet;qr=function(){if(!this.hasAttribute(f.USER_INACTIVE))return;this.removeAttribute(f.USER_INACTIVE);let t=new l.CustomEvent(Ge.USER_INACTIVE_CHANGE,{composed:!0,bubbles:!0,detail:!1});this.dispatchEvent(t)};vt=new WeakSet;Gt=function(){ce(this,Ci,qr).call(this),clearTimeout(F(this,Et));let t=parseInt(this.autohide);t<0||ue(this,Et,setTimeout(()=>{ce(this,Kt,Di).call(this)},t*1e3))};Oe=new WeakMap;Li=new WeakMap;qe.shadowRootOptions={mode:"open"};qe.getTemplateHTML=pn;l.customElements.get("media-container")||l.customElements.define("media-container",qe);var jr=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Ye=(t,e,i)=>(jr(t,e,"read from private field"),i?i.call(t):e.get(t)),Me=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ea=(t,e,i,r)=>(jr(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Qe=(t,e,i)=>(jr(t,e,"access private method"),i),Ui,Qt,ze,Oi,Qr,Yr,Ps,zr,Ns,Xr,Fs,Zr,Hs,Jr,Bs;function bn(t){return`
    <style>
      :host {
        font: var(--media-font,
          var(--media-font-weight, normal)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        display: var(--media-dialog-display, inline-flex);
        justify-content: center;
        align-items: center;
        
        transition-behavior: allow-discrete;
        visibility: hidden;
        opacity: 0;
        transform: translateY(2px) scale(.99);
        pointer-events: none;
      }

      :host([open]) {
        transition: display .2s, visibility 0s, opacity .2s ease-out, transform .15s ease-out;
        visibility: visible;
        opacity: 1;
        transform: translateY(0) scale(1);
        pointer-events: auto;
      }

      #content {
        display: flex;
        position: relative;
        box-sizing: border-box;
        width: min(320px, 100%);
        word-wrap: break-word;
        max-height: 100%;
        overflow: auto;
        text-align: center;
        line-height: 1.4;
      }
    </style>
    ${this.getSlotTemplateHTML(t)}
  `}function An(t){return`
    <slot id="content"></slot>
  `}var qt={OPEN:"open",ANCHOR:"anchor"},Ue=class extends l.HTMLElement{constructor(){super(),Me(this,Oi),Me(this,Yr),Me(this,zr),Me(this,Xr),Me(this,Zr),Me(this,Jr),Me(this,Ui,!1),Me(this,Qt,null),Me(this,ze,null)}static get observedAttributes(){return[qt.OPEN,qt.ANCHOR]}get open(){return I(this,qt.OPEN)}set open(e){k(this,qt.OPEN,e)}handleEvent(e){switch(e.type){case"invoke":Qe(this,Xr,Fs).call(this,e);break;case"focusout":Qe(this,Zr,Hs).call(this,e);break;case"keydown":Qe(this,Jr,Bs).call(this,e);break}}connectedCallback(){Qe(this,Oi,Qr).call(this),this.role||(this.role="dialog"),this.addEventListener("invoke",this),this.addEventListener("focusout",this),this.addEventListener("keydown",this)}disconnectedCallback(){this.removeEventListener("invoke",this),this.removeEventListener("focusout",this),this.removeEventListener("keydown",this)}attributeChangedCallback(e,i,r){Qe(this,Oi,Qr).call(this),e===qt.OPEN&&r!==i&&(this.open?Qe(this,Yr,Ps).call(this):Qe(this,zr,Ns).call(this))}focus(){ea(this,Qt,Hr());let e=!this.dispatchEvent(new Event("focus",{composed:!0,cancelable:!0})),i=!this.dispatchEvent(new Event("focusin",{composed:!0,bubbles:!0,cancelable:!0}));if(e||i)return;let r=this.querySelector('[autofocus], [tabindex]:not([tabindex="-1"]), [role="menu"]');r?.focus()}get keysUsed(){return["Escape","Tab"]}};Ui=new WeakMap;Qt=new WeakMap;ze=new WeakMap;Oi=new WeakSet;Qr=function(){if(!Ye(this,Ui)&&(ea(this,Ui,!0),!this.shadowRoot)){this.attachShadow(this.constructor.shadowRootOptions);let t=G(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(t),queueMicrotask(()=>{let{style:e}=O(this.shadowRoot,":host");e.setProperty("transition","display .15s, visibility .15s, opacity .15s ease-in, transform .15s ease-in")})}};Yr=new WeakSet;Ps=function(){var t;(t=Ye(this,ze))==null||t.setAttribute("aria-expanded","true"),this.dispatchEvent(new Event("open",{composed:!0,bubbles:!0})),this.addEventListener("transitionend",()=>this.focus(),{once:!0})};zr=new WeakSet;Ns=function(){var t;(t=Ye(this,ze))==null||t.setAttribute("aria-expanded","false"),this.dispatchEvent(new Event("close",{composed:!0,bubbles:!0}))};Xr=new WeakSet;Fs=function(t){ea(this,ze,t.relatedTarget),ve(this,t.relatedTarget)||(this.open=!this.open)};Zr=new WeakSet;Hs=function(t){var e;ve(this,t.relatedTarget)||((e=Ye(this,Qt))==null||e.focus(),Ye(this,ze)&&Ye(this,ze)!==t.relatedTarget&&this.open&&(this.open=!1))};Jr=new WeakSet;Bs=function(t){var e,i,r,a,s;let{key:n,ctrlKey:d,altKey:u,metaKey:S}=t;d||u||S||this.keysUsed.includes(n)&&(t.preventDefault(),t.stopPropagation(),n==="Tab"?(t.shiftKey?(i=(e=this.previousElementSibling)==null?void 0:e.focus)==null||i.call(e):(a=(r=this.nextElementSibling)==null?void 0:r.focus)==null||a.call(r),this.blur()):n==="Escape"&&((s=Ye(this,Qt))==null||s.focus(),this.open=!1))};Ue.shadowRootOptions={mode:"open"};Ue.getTemplateHTML=bn;Ue.getSlotTemplateHTML=An;l.customElements.get("media-chrome-dialog")||l.customElements.define("media-chrome-dialog",Ue);var Tn=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},xe=(t,e,i)=>(Tn(t,e,"read from private field"),i?i.call(t):e.get(t)),Ws=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ft,_t,Yt={HOTKEYS:"hotkeys"},Sn=[{keys:[{key:" ",label:"Space"},{key:"k"}],description:"Toggle Playback"},{keys:[{key:"m"}],description:"Toggle mute"},{keys:[{key:"f"}],description:"Toggle fullscreen"},{keys:[{key:"c"}],description:"Toggle captions or subtitles, if available"},{keys:[{key:"p"}],description:"Toggle Picture in Picture"},{keys:[{key:"ArrowLeft",label:"\u2190"},{key:"j"}],description:"Seek back 10s"},{keys:[{key:"ArrowRight",label:"\u2192"},{key:"l"}],description:"Seek forward 10s"},{keys:[{key:"ArrowUp",label:"\u2191"}],description:"Turn volume up"},{keys:[{key:"ArrowDown",label:"\u2193"}],description:"Turn volume down"},{keys:[{key:"<",label:"< (SHIFT+,)"}],description:"Decrease playback rate"},{keys:[{key:">",label:"> (SHIFT+.)"}],description:"Increase playback rate"},{keys:[{key:"shift+/",label:"SHIFT+/"}],description:"Show keyboard shortcuts"}];function Pi(t){return t===" "?"nospace":`no${t.toLowerCase()}`}function In(t){let e=new Set(t?.split(/\s+/));return Sn.map(({keys:i,description:r})=>({keys:i.filter(({key:a})=>!e.has(Pi(a))),description:r})).filter(({keys:i})=>i.length)}function kn(t){return`
    <style>
      :host {
        position: fixed;
        top: 0;
        left: 0;
        z-index: 9999;
        background: rgb(20 20 30 / .8);
        backdrop-filter: blur(10px);
      }

      #content {
        display: block;
        width: clamp(400px, 40vw, 700px);
        max-width: 90vw;
        text-align: left;
      }

      h2 {
        margin: 0 0 1.5rem 0;
        font-size: 1.5rem;
        font-weight: 500;
        text-align: center;
      }

      .shortcuts-table {
        width: 100%;
        border-collapse: collapse;
      }

      .shortcuts-table tr {
        border-bottom: 1px solid rgba(255, 255, 255, 0.1);
      }

      .shortcuts-table tr:last-child {
        border-bottom: none;
      }

      .shortcuts-table td {
        padding: 0.75rem 0.5rem;
      }

      .shortcuts-table td:first-child {
        text-align: right;
        padding-right: 1rem;
        width: 40%;
        min-width: 120px;
      }

      .shortcuts-table td:last-child {
        padding-left: 1rem;
      }

      .key {
        display: inline-block;
        background: rgba(255, 255, 255, 0.15);
        border: 1px solid rgba(255, 255, 255, 0.2);
        border-radius: 4px;
        padding: 0.25rem 0.5rem;
        font-family: 'Courier New', monospace;
        font-size: 0.9rem;
        font-weight: 500;
        min-width: 1.5rem;
        text-align: center;
        margin: 0 0.2rem;
      }

      .description {
        color: rgba(255, 255, 255, 0.9);
        font-size: 0.95rem;
      }

      .key-combo {
        display: flex;
        align-items: center;
        justify-content: flex-end;
        gap: 0.3rem;
      }

      .key-separator {
        color: rgba(255, 255, 255, 0.5);
        font-size: 0.9rem;
      }
    </style>
    <slot id="content">
      ${$s(t[Yt.HOTKEYS])}
    </slot>
  `}function $s(t){return`
    <h2>Keyboard Shortcuts</h2>
    <table class="shortcuts-table">${In(t).map(({keys:i,description:r})=>`
        <tr>
          <td>
            <div class="key-combo">${i.map(({key:s,label:n=s},d)=>d>0?`<span class="key-separator">or</span><span class="key">${n}</span>`:`<span class="key">${n}</span>`).join("")}</div>
          </td>
          <td class="description">${r}</td>
        </tr>
      `).join("")}</table>
  `}var xi=class extends Ue{constructor(){super(...arguments),Ws(this,ft,e=>{var i;if(!this.open)return;let r=(i=this.shadowRoot)==null?void 0:i.querySelector("#content");if(!r)return;let a=e.composedPath(),s=a[0]===this||a.includes(this),n=a.includes(r);s&&!n&&(this.open=!1)}),Ws(this,_t,e=>{if(!this.open)return;let i=e.shiftKey&&(e.key==="/"||e.key==="?");(e.key==="Escape"||i)&&!e.ctrlKey&&!e.altKey&&!e.metaKey&&(this.open=!1,e.preventDefault(),e.stopPropagation())})}static get observedAttributes(){return[...super.observedAttributes,Yt.HOTKEYS]}get hotkeys(){var e;return(e=D(this,Yt.HOTKEYS))!=null?e:void 0}set hotkeys(e){L(this,Yt.HOTKEYS,e)}connectedCallback(){super.connectedCallback(),this.open&&(this.addEventListener("click",xe(this,ft)),document.addEventListener("keydown",xe(this,_t)))}disconnectedCallback(){this.removeEventListener("click",xe(this,ft)),document.removeEventListener("keydown",xe(this,_t))}attributeChangedCallback(e,i,r){var a;if(super.attributeChangedCallback(e,i,r),e==="open")this.open?(this.addEventListener("click",xe(this,ft)),document.addEventListener("keydown",xe(this,_t))):(this.removeEventListener("click",xe(this,ft)),document.removeEventListener("keydown",xe(this,_t)));else if(e===Yt.HOTKEYS&&r!==i){let s=(a=this.shadowRoot)==null?void 0:a.querySelector("#content");s&&(s.innerHTML=$s(r))}}};ft=new WeakMap;_t=new WeakMap;xi.getSlotTemplateHTML=kn;l.customElements.get("media-keyboard-shortcuts-dialog")||l.customElements.define("media-keyboard-shortcuts-dialog",xi);var Vs=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},q=(t,e,i)=>(Vs(t,e,"read from private field"),i?i.call(t):e.get(t)),zt=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Ni=(t,e,i,r)=>(Vs(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),gt,bt,Fi,Xe,Le,Pe,Hi=class{constructor(e,i,{defaultValue:r}={defaultValue:void 0}){zt(this,Le),zt(this,gt,void 0),zt(this,bt,void 0),zt(this,Fi,void 0),zt(this,Xe,new Set),Ni(this,gt,e),Ni(this,bt,i),Ni(this,Fi,new Set(r))}[Symbol.iterator](){return q(this,Le,Pe).values()}get length(){return q(this,Le,Pe).size}get value(){var e;return(e=[...q(this,Le,Pe)].join(" "))!=null?e:""}set value(e){var i;e!==this.value&&(Ni(this,Xe,new Set),this.add(...(i=e?.split(" "))!=null?i:[]))}toString(){return this.value}item(e){return[...q(this,Le,Pe)][e]}values(){return q(this,Le,Pe).values()}forEach(e,i){q(this,Le,Pe).forEach(e,i)}add(...e){var i,r;e.forEach(a=>q(this,Xe).add(a)),!(this.value===""&&!((i=q(this,gt))!=null&&i.hasAttribute(`${q(this,bt)}`)))&&((r=q(this,gt))==null||r.setAttribute(`${q(this,bt)}`,`${this.value}`))}remove(...e){var i;e.forEach(r=>q(this,Xe).delete(r)),(i=q(this,gt))==null||i.setAttribute(`${q(this,bt)}`,`${this.value}`)}contains(e){return q(this,Le,Pe).has(e)}toggle(e,i){return typeof i<"u"?i?(this.add(e),!0):(this.remove(e),!1):this.contains(e)?(this.remove(e),!1):(this.add(e),!0)}replace(e,i){return this.remove(e),this.add(i),e===i}};gt=new WeakMap;bt=new WeakMap;Fi=new WeakMap;Xe=new WeakMap;Le=new WeakSet;Pe=function(){return q(this,Xe).size?q(this,Xe):q(this,Fi)};function Ks(t){return t?.map(yn).join(" ")}function yn(t){if(t){let{id:e,width:i,height:r}=t;return[e,i,r].filter(a=>a!=null).join(":")}}function Gs(t){return t?.map(wn).join(" ")}function wn(t){if(t){let{id:e,kind:i,language:r,label:a}=t;return[e,i,r,a].filter(s=>s!=null).join(":")}}function At(t){return typeof t=="number"&&!Number.isNaN(t)&&Number.isFinite(t)}var Bi=t=>new Promise(e=>setTimeout(e,t));var Mn=(t="")=>t.split(/\s+/),qs=(t="")=>{let[e,i,r]=t.split(":"),a=r?decodeURIComponent(r):void 0;return{kind:e==="cc"?J.CAPTIONS:J.SUBTITLES,language:i,label:a}},Ln=(t="",e={})=>Mn(t).map(i=>{let r=qs(i);return{...e,...r}}),ta=t=>t?Array.isArray(t)?t.map(e=>typeof e=="string"?qs(e):e):typeof t=="string"?Ln(t):[t]:[],Rn=({kind:t,label:e,language:i}={kind:"subtitles"})=>e?`${t==="captions"?"cc":"sb"}:${i}:${encodeURIComponent(e)}`:i,ia=(t=[])=>Array.prototype.map.call(t,Rn).join(" "),Dn=(t,e)=>i=>i[t]===e,Qs=t=>{let e=Object.entries(t).map(([i,r])=>Dn(i,r));return i=>e.every(r=>r(i))},Ze=(t,e=[],i=[])=>{let r=ta(i).map(Qs),a=s=>r.some(n=>n(s));Array.from(e).filter(a).forEach(s=>{s.mode=t})},Je=(t,e=()=>!0)=>{if(!t?.textTracks)return[];let i=typeof e=="function"?e:Qs(e);return Array.from(t.textTracks).filter(i)};var zs=t=>{var e;let{media:i,fullscreenElement:r}=t;try{let a=r&&"requestFullscreen"in r?"requestFullscreen":r&&"webkitRequestFullScreen"in r?"webkitRequestFullScreen":void 0;if(a){let s=(e=r[a])==null?void 0:e.call(r);if(s instanceof Promise)return s.catch(()=>{})}else i?.webkitEnterFullscreen?i.webkitEnterFullscreen():i?.requestFullscreen&&i.requestFullscreen()}catch(a){console.error(a)}},Ys="exitFullscreen"in B?"exitFullscreen":"webkitExitFullscreen"in B?"webkitExitFullscreen":"webkitCancelFullScreen"in B?"webkitCancelFullScreen":void 0,Xs=t=>{var e;let{documentElement:i}=t;if(Ys){let r=(e=i?.[Ys])==null?void 0:e.call(i);if(r instanceof Promise)return r.catch(()=>{})}},Xt="fullscreenElement"in B?"fullscreenElement":"webkitFullscreenElement"in B?"webkitFullscreenElement":void 0,Cn=t=>{let{documentElement:e,media:i}=t,r=e?.[Xt];return!r&&"webkitDisplayingFullscreen"in i&&"webkitPresentationMode"in i&&i.webkitDisplayingFullscreen&&i.webkitPresentationMode===Ss.FULLSCREEN?i:r},Zs=t=>{var e;let{media:i,documentElement:r,fullscreenElement:a=i}=t;if(!i||!r)return!1;let s=Cn(t);if(!s)return!1;if(s===a||s===i)return!0;if(s.localName.includes("-")){let n=s.shadowRoot;if(!(Xt in n))return ve(s,a);for(;n?.[Xt];){if(n[Xt]===a)return!0;n=(e=n[Xt])==null?void 0:e.shadowRoot}}return!1},On="fullscreenEnabled"in B?"fullscreenEnabled":"webkitFullscreenEnabled"in B?"webkitFullscreenEnabled":void 0,Js=t=>{let{documentElement:e,media:i}=t;return!!e?.[On]||i&&"webkitSupportsFullscreen"in i};var Wi,ra=()=>{var t,e;return Wi||(Wi=(e=(t=B)==null?void 0:t.createElement)==null?void 0:e.call(t,"video"),Wi)},js=async(t=ra())=>{if(!t)return!1;let e=t.volume;t.volume=e/2+.1;let i=new AbortController,r=await Promise.race([Un(t,i.signal),xn(t,e)]);return i.abort(),r},Un=(t,e)=>new Promise(i=>{t.addEventListener("volumechange",()=>i(!0),{signal:e})}),xn=async(t,e)=>{for(let i=0;i<10;i++){if(t.volume===e)return!1;await Bi(10)}return t.volume!==e},Pn=/.*Version\/.*Safari\/.*/.test(l.navigator.userAgent),aa=(t=ra())=>l.matchMedia("(display-mode: standalone)").matches&&Pn?!1:typeof t?.requestPictureInPicture=="function",sa=(t=ra())=>Js({documentElement:B,media:t}),eo=sa(),to=aa(),io=!!l.WebKitPlaybackTargetAvailabilityEvent,ro=!!l.chrome;var Tt=t=>Je(t.media,e=>[J.SUBTITLES,J.CAPTIONS].includes(e.kind)).sort((e,i)=>e.kind>=i.kind?1:-1),oa=t=>Je(t.media,e=>e.mode===De.SHOWING&&[J.SUBTITLES,J.CAPTIONS].includes(e.kind)),$i=(t,e)=>{let i=Tt(t),r=oa(t),a=!!r.length;if(i.length){if(e===!1||a&&e!==!0)Ze(De.DISABLED,i,r);else if(e===!0||!a&&e!==!1){let s=i[0],{options:n}=t;if(!n?.noSubtitlesLangPref){let T=l.localStorage.getItem("media-chrome-pref-subtitles-lang"),b=T?[T,...l.navigator.languages]:l.navigator.languages,v=i.filter(m=>b.some(g=>m.language.toLowerCase().startsWith(g.split("-")[0]))).sort((m,g)=>{let E=b.findIndex(A=>m.language.toLowerCase().startsWith(A.split("-")[0])),y=b.findIndex(A=>g.language.toLowerCase().startsWith(A.split("-")[0]));return E-y});v[0]&&(s=v[0])}let{language:d,label:u,kind:S}=s;Ze(De.DISABLED,i,r),Ze(De.SHOWING,i,[{language:d,label:u,kind:S}])}}},Vi=(t,e)=>t===e?!0:t==null||e==null||typeof t!=typeof e?!1:typeof t=="number"&&Number.isNaN(t)&&Number.isNaN(e)?!0:typeof t!="object"?!1:Array.isArray(t)?Nn(t,e):Object.entries(t).every(([i,r])=>i in e&&Vi(r,e[i])),Nn=(t,e)=>{let i=Array.isArray(t),r=Array.isArray(e);return i!==r?!1:i||r?t.length!==e.length?!1:t.every((a,s)=>Vi(a,e[s])):!0};var Fn=Object.values(te),Ki,Hn=js().then(t=>(Ki=t,Ki)),ao=async(...t)=>{await Promise.all(t.filter(e=>e).map(async e=>{if(!("localName"in e&&e instanceof l.HTMLElement))return;let i=e.localName;if(!i.includes("-"))return;let r=l.customElements.get(i);r&&e instanceof r||(await l.customElements.whenDefined(i),l.customElements.upgrade(e))}))},Bn=new l.DOMParser,Wn=t=>t&&(Bn.parseFromString(t,"text/html").body.textContent||t),St={mediaError:{get(t,e){let{media:i}=t;if(e?.type!=="playing")return i?.error},mediaEvents:["emptied","error","playing"]},mediaErrorCode:{get(t,e){var i;let{media:r}=t;if(e?.type!=="playing")return(i=r?.error)==null?void 0:i.code},mediaEvents:["emptied","error","playing"]},mediaErrorMessage:{get(t,e){var i,r;let{media:a}=t;if(e?.type!=="playing")return(r=(i=a?.error)==null?void 0:i.message)!=null?r:""},mediaEvents:["emptied","error","playing"]},mediaWidth:{get(t){var e;let{media:i}=t;return(e=i?.videoWidth)!=null?e:0},mediaEvents:["resize"]},mediaHeight:{get(t){var e;let{media:i}=t;return(e=i?.videoHeight)!=null?e:0},mediaEvents:["resize"]},mediaPaused:{get(t){var e;let{media:i}=t;return(e=i?.paused)!=null?e:!0},set(t,e){var i;let{media:r}=e;r&&(t?r.pause():(i=r.play())==null||i.catch(()=>{}))},mediaEvents:["play","playing","pause","emptied"]},mediaHasPlayed:{get(t,e){let{media:i}=t;return i?e?e.type==="playing":!i.paused:!1},mediaEvents:["playing","emptied"]},mediaEnded:{get(t){var e;let{media:i}=t;return(e=i?.ended)!=null?e:!1},mediaEvents:["seeked","ended","emptied"]},mediaPlaybackRate:{get(t){var e;let{media:i}=t;return(e=i?.playbackRate)!=null?e:1},set(t,e){let{media:i}=e;i&&Number.isFinite(+t)&&(i.playbackRate=+t)},mediaEvents:["ratechange","loadstart"]},mediaMuted:{get(t){var e;let{media:i}=t;return(e=i?.muted)!=null?e:!1},set(t,e){let{media:i,options:{noMutedPref:r}={}}=e;if(i){i.muted=t;try{let a=l.localStorage.getItem("media-chrome-pref-muted")!==null,s=i.hasAttribute("muted");if(r){a&&l.localStorage.removeItem("media-chrome-pref-muted");return}if(s&&!a)return;l.localStorage.setItem("media-chrome-pref-muted",t?"true":"false")}catch(a){console.debug("Error setting muted pref",a)}}},mediaEvents:["volumechange"],stateOwnersUpdateHandlers:[(t,e)=>{let{options:{noMutedPref:i}}=e,{media:r}=e;if(!(!r||r.muted||i))try{let a=l.localStorage.getItem("media-chrome-pref-muted")==="true";St.mediaMuted.set(a,e),t(a)}catch(a){console.debug("Error getting muted pref",a)}}]},mediaLoop:{get(t){let{media:e}=t;return e?.loop},set(t,e){let{media:i}=e;i&&(i.loop=t)},mediaEvents:["medialooprequest"]},mediaVolume:{get(t){var e;let{media:i}=t;return(e=i?.volume)!=null?e:1},set(t,e){let{media:i,options:{noVolumePref:r}={}}=e;if(i){try{t==null?l.localStorage.removeItem("media-chrome-pref-volume"):!i.hasAttribute("muted")&&!r&&l.localStorage.setItem("media-chrome-pref-volume",t.toString())}catch(a){console.debug("Error setting volume pref",a)}Number.isFinite(+t)&&(i.volume=+t)}},mediaEvents:["volumechange"],stateOwnersUpdateHandlers:[(t,e)=>{let{options:{noVolumePref:i}}=e;if(!i)try{let{media:r}=e;if(!r)return;let a=l.localStorage.getItem("media-chrome-pref-volume");if(a==null)return;St.mediaVolume.set(+a,e),t(+a)}catch(r){console.debug("Error getting volume pref",r)}}]},mediaVolumeLevel:{get(t){let{media:e}=t;return typeof e?.volume>"u"?"high":e.muted||e.volume===0?"off":e.volume<.5?"low":e.volume<.75?"medium":"high"},mediaEvents:["volumechange"]},mediaCurrentTime:{get(t){var e;let{media:i}=t;return(e=i?.currentTime)!=null?e:0},set(t,e){let{media:i}=e;!i||!At(t)||(i.currentTime=t)},mediaEvents:["timeupdate","loadedmetadata","seeking"]},mediaDuration:{get(t){let{media:e,options:{defaultDuration:i}={}}=t;return i&&(!e||!e.duration||Number.isNaN(e.duration)||!Number.isFinite(e.duration))?i:Number.isFinite(e?.duration)?e.duration:Number.NaN},mediaEvents:["durationchange","loadedmetadata","emptied"]},mediaLoading:{get(t){let{media:e}=t;return e?.readyState<3},mediaEvents:["waiting","playing","emptied"]},mediaSeekable:{get(t){var e;let{media:i}=t;if(!((e=i?.seekable)!=null&&e.length))return;let r=i.seekable.start(0),a=i.seekable.end(i.seekable.length-1);if(!(!r&&!a))return[Number(r.toFixed(3)),Number(a.toFixed(3))]},mediaEvents:["loadedmetadata","emptied","progress","seekablechange"]},mediaBuffered:{get(t){var e;let{media:i}=t,r=(e=i?.buffered)!=null?e:[];return Array.from(r).map((a,s)=>[Number(r.start(s).toFixed(3)),Number(r.end(s).toFixed(3))])},mediaEvents:["progress","emptied"]},mediaStreamType:{get(t){let{media:e,options:{defaultStreamType:i}={}}=t,r=[te.LIVE,te.ON_DEMAND].includes(i)?i:void 0;if(!e)return r;let{streamType:a}=e;if(Fn.includes(a))return a===te.UNKNOWN?r:a;let s=e.duration;return s===1/0?te.LIVE:Number.isFinite(s)?te.ON_DEMAND:r},mediaEvents:["emptied","durationchange","loadedmetadata","streamtypechange"]},mediaTargetLiveWindow:{get(t){let{media:e}=t;if(!e)return Number.NaN;let{targetLiveWindow:i}=e,r=St.mediaStreamType.get(t);return(i==null||Number.isNaN(i))&&r===te.LIVE?0:i},mediaEvents:["emptied","durationchange","loadedmetadata","streamtypechange","targetlivewindowchange"]},mediaTimeIsLive:{get(t){let{media:e,options:{liveEdgeOffset:i=10}={}}=t;if(!e)return!1;if(typeof e.liveEdgeStart=="number")return Number.isNaN(e.liveEdgeStart)?!1:e.currentTime>=e.liveEdgeStart;if(!(St.mediaStreamType.get(t)===te.LIVE))return!1;let a=e.seekable;if(!a)return!0;if(!a.length)return!1;let s=a.end(a.length-1)-i;return e.currentTime>=s},mediaEvents:["playing","timeupdate","progress","waiting","emptied"]},mediaSubtitlesList:{get(t){return Tt(t).map(({kind:e,label:i,language:r})=>({kind:e,label:i,language:r}))},mediaEvents:["loadstart"],textTracksEvents:["addtrack","removetrack"]},mediaSubtitlesShowing:{get(t){return oa(t).map(({kind:e,label:i,language:r})=>({kind:e,label:i,language:r}))},mediaEvents:["loadstart"],textTracksEvents:["addtrack","removetrack","change"],stateOwnersUpdateHandlers:[(t,e)=>{var i,r;let{media:a,options:s}=e;if(!a)return;let n=d=>{var u;!s.defaultSubtitles||d&&![J.CAPTIONS,J.SUBTITLES].includes((u=d?.track)==null?void 0:u.kind)||$i(e,!0)};return a.addEventListener("loadstart",n),(i=a.textTracks)==null||i.addEventListener("addtrack",n),(r=a.textTracks)==null||r.addEventListener("removetrack",n),()=>{var d,u;a.removeEventListener("loadstart",n),(d=a.textTracks)==null||d.removeEventListener("addtrack",n),(u=a.textTracks)==null||u.removeEventListener("removetrack",n)}}]},mediaChaptersCues:{get(t){var e;let{media:i}=t;if(!i)return[];let[r]=Je(i,{kind:J.CHAPTERS});return Array.from((e=r?.cues)!=null?e:[]).map(({text:a,startTime:s,endTime:n})=>({text:Wn(a),startTime:s,endTime:n}))},mediaEvents:["loadstart","loadedmetadata"],textTracksEvents:["addtrack","removetrack","change"],stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:r}=e;if(!r)return;let a=r.querySelector('track[kind="chapters"][default][src]'),s=(i=r.shadowRoot)==null?void 0:i.querySelector(':is(video,audio) > track[kind="chapters"][default][src]');return a?.addEventListener("load",t),s?.addEventListener("load",t),()=>{a?.removeEventListener("load",t),s?.removeEventListener("load",t)}}]},mediaIsPip:{get(t){var e,i;let{media:r,documentElement:a}=t;if(!r||!a||!a.pictureInPictureElement)return!1;if(a.pictureInPictureElement===r)return!0;if(a.pictureInPictureElement instanceof HTMLMediaElement)return(e=r.localName)!=null&&e.includes("-")?ve(r,a.pictureInPictureElement):!1;if(a.pictureInPictureElement.localName.includes("-")){let s=a.pictureInPictureElement.shadowRoot;for(;s?.pictureInPictureElement;){if(s.pictureInPictureElement===r)return!0;s=(i=s.pictureInPictureElement)==null?void 0:i.shadowRoot}}return!1},set(t,e){let{media:i}=e;if(i)if(t){if(!B.pictureInPictureEnabled){console.warn("MediaChrome: Picture-in-picture is not enabled");return}if(!i.requestPictureInPicture){console.warn("MediaChrome: The current media does not support picture-in-picture");return}let r=()=>{console.warn("MediaChrome: The media is not ready for picture-in-picture. It must have a readyState > 0.")};i.requestPictureInPicture().catch(a=>{if(a.code===11){if(!i.src){console.warn("MediaChrome: The media is not ready for picture-in-picture. It must have a src set.");return}if(i.readyState===0&&i.preload==="none"){let s=()=>{i.removeEventListener("loadedmetadata",n),i.preload="none"},n=()=>{i.requestPictureInPicture().catch(r),s()};i.addEventListener("loadedmetadata",n),i.preload="metadata",setTimeout(()=>{i.readyState===0&&r(),s()},1e3)}else throw a}else throw a})}else B.pictureInPictureElement&&B.exitPictureInPicture()},mediaEvents:["enterpictureinpicture","leavepictureinpicture"]},mediaRenditionList:{get(t){var e;let{media:i}=t;return[...(e=i?.videoRenditions)!=null?e:[]].map(r=>({...r}))},mediaEvents:["emptied","loadstart"],videoRenditionsEvents:["addrendition","removerendition"]},mediaRenditionSelected:{get(t){var e,i,r;let{media:a}=t;return(r=(i=a?.videoRenditions)==null?void 0:i[(e=a.videoRenditions)==null?void 0:e.selectedIndex])==null?void 0:r.id},set(t,e){let{media:i}=e;if(!i?.videoRenditions){console.warn("MediaController: Rendition selection not supported by this media.");return}let r=t,a=Array.prototype.findIndex.call(i.videoRenditions,s=>s.id==r);i.videoRenditions.selectedIndex!=a&&(i.videoRenditions.selectedIndex=a)},mediaEvents:["emptied"],videoRenditionsEvents:["addrendition","removerendition","change"]},mediaAudioTrackList:{get(t){var e;let{media:i}=t;return[...(e=i?.audioTracks)!=null?e:[]]},mediaEvents:["emptied","loadstart"],audioTracksEvents:["addtrack","removetrack"]},mediaAudioTrackEnabled:{get(t){var e,i;let{media:r}=t;return(i=[...(e=r?.audioTracks)!=null?e:[]].find(a=>a.enabled))==null?void 0:i.id},set(t,e){let{media:i}=e;if(!i?.audioTracks){console.warn("MediaChrome: Audio track selection not supported by this media.");return}let r=t;for(let a of i.audioTracks)a.enabled=r==a.id},mediaEvents:["emptied"],audioTracksEvents:["addtrack","removetrack","change"]},mediaIsFullscreen:{get(t){return Zs(t)},set(t,e,i){var r,a;t?(zs(e),i.detail&&!((r=e.media)!=null&&r.inert)&&((a=e.media)==null||a.focus())):Xs(e)},rootEvents:["fullscreenchange","webkitfullscreenchange"],mediaEvents:["webkitbeginfullscreen","webkitendfullscreen","webkitpresentationmodechanged"]},mediaIsCasting:{get(t){var e;let{media:i}=t;return!i?.remote||((e=i.remote)==null?void 0:e.state)==="disconnected"?!1:i.remote.state==="connected"},set(t,e){var i,r;let{media:a}=e;if(a&&!(t&&((i=a.remote)==null?void 0:i.state)!=="disconnected")&&!(!t&&((r=a.remote)==null?void 0:r.state)!=="connected")){if(typeof a.remote.prompt!="function"){console.warn("MediaChrome: Casting is not supported in this environment");return}a.remote.prompt().catch(()=>{})}},remoteEvents:["connect","connecting","disconnect"]},mediaIsAirplaying:{get(){return!1},set(t,e){let{media:i}=e;if(i){if(!(i.webkitShowPlaybackTargetPicker&&l.WebKitPlaybackTargetAvailabilityEvent)){console.error("MediaChrome: received a request to select AirPlay but AirPlay is not supported in this environment");return}i.webkitShowPlaybackTargetPicker()}},mediaEvents:["webkitcurrentplaybacktargetiswirelesschanged"]},mediaFullscreenUnavailable:{get(t){let{media:e}=t;if(!eo||!sa(e))return j.UNSUPPORTED}},mediaPipUnavailable:{get(t){let{media:e}=t;if(!to||!aa(e))return j.UNSUPPORTED;if(e?.disablePictureInPicture)return j.UNAVAILABLE}},mediaVolumeUnavailable:{get(t){let{media:e}=t;if(Ki===!1||e?.volume==null)return j.UNSUPPORTED},stateOwnersUpdateHandlers:[t=>{Ki==null&&Hn.then(e=>t(e?void 0:j.UNSUPPORTED))}]},mediaCastUnavailable:{get(t,{availability:e="not-available"}={}){var i;let{media:r}=t;if(!ro||!((i=r?.remote)!=null&&i.state))return j.UNSUPPORTED;if(!(e==null||e==="available"))return j.UNAVAILABLE},stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:r}=e;return r?(r.disableRemotePlayback||r.hasAttribute("disableremoteplayback")||(i=r?.remote)==null||i.watchAvailability(s=>{t({availability:s?"available":"not-available"})}).catch(s=>{s.name==="NotSupportedError"?t({availability:null}):t({availability:"not-available"})}),()=>{var s;(s=r?.remote)==null||s.cancelWatchAvailability().catch(()=>{})}):void 0}]},mediaAirplayUnavailable:{get(t,e){if(!io)return j.UNSUPPORTED;if(e?.availability==="not-available")return j.UNAVAILABLE},mediaEvents:["webkitplaybacktargetavailabilitychanged"],stateOwnersUpdateHandlers:[(t,e)=>{var i;let{media:r}=e;return r?(r.disableRemotePlayback||r.hasAttribute("disableremoteplayback")||(i=r?.remote)==null||i.watchAvailability(s=>{t({availability:s?"available":"not-available"})}).catch(s=>{s.name==="NotSupportedError"?t({availability:null}):t({availability:"not-available"})}),()=>{var s;(s=r?.remote)==null||s.cancelWatchAvailability().catch(()=>{})}):void 0}]},mediaRenditionUnavailable:{get(t){var e;let{media:i}=t;if(!i?.videoRenditions)return j.UNSUPPORTED;if(!((e=i.videoRenditions)!=null&&e.length))return j.UNAVAILABLE},mediaEvents:["emptied","loadstart"],videoRenditionsEvents:["addrendition","removerendition"]},mediaAudioTrackUnavailable:{get(t){var e,i;let{media:r}=t;if(!r?.audioTracks)return j.UNSUPPORTED;if(((i=(e=r.audioTracks)==null?void 0:e.length)!=null?i:0)<=1)return j.UNAVAILABLE},mediaEvents:["emptied","loadstart"],audioTracksEvents:["addtrack","removetrack"]},mediaLang:{get(t){let{options:{mediaLang:e}={}}=t;return e??"en"}}};var so={[h.MEDIA_PREVIEW_REQUEST](t,e,{detail:i}){var r,a,s;let{media:n}=e,d=i??void 0,u,S;if(n&&d!=null){let[m]=Je(n,{kind:J.METADATA,label:"thumbnails"}),g=Array.prototype.find.call((r=m?.cues)!=null?r:[],(E,y,A)=>y===0?E.endTime>d:y===A.length-1?E.startTime<=d:E.startTime<=d&&E.endTime>d);if(g){let E=/'^(?:[a-z]+:)?\/\//i.test(g.text)||(a=n?.querySelector('track[label="thumbnails"]'))==null?void 0:a.src,y=new URL(g.text,E);S=new URLSearchParams(y.hash).get("#xywh").split(",").map(X=>+X),u=y.href}}let T=t.mediaDuration.get(e),v=(s=t.mediaChaptersCues.get(e).find((m,g,E)=>g===E.length-1&&T===m.endTime?m.startTime<=d&&m.endTime>=d:m.startTime<=d&&m.endTime>d))==null?void 0:s.text;return i!=null&&v==null&&(v=""),{mediaPreviewTime:d,mediaPreviewImage:u,mediaPreviewCoords:S,mediaPreviewChapter:v}},[h.MEDIA_PAUSE_REQUEST](t,e){t["mediaPaused"].set(!0,e)},[h.MEDIA_PLAY_REQUEST](t,e){var i,r,a,s;let n="mediaPaused",u=t.mediaStreamType.get(e)===te.LIVE,S=!((i=e.options)!=null&&i.noAutoSeekToLive),T=t.mediaTargetLiveWindow.get(e)>0;if(u&&S&&!T){let b=(r=t.mediaSeekable.get(e))==null?void 0:r[1];if(b){let v=(s=(a=e.options)==null?void 0:a.seekToLiveOffset)!=null?s:0,m=b-v;t.mediaCurrentTime.set(m,e)}}t[n].set(!1,e)},[h.MEDIA_PLAYBACK_RATE_REQUEST](t,e,{detail:i}){let r="mediaPlaybackRate",a=i;t[r].set(a,e)},[h.MEDIA_MUTE_REQUEST](t,e){t["mediaMuted"].set(!0,e)},[h.MEDIA_UNMUTE_REQUEST](t,e){let i="mediaMuted";t.mediaVolume.get(e)||t.mediaVolume.set(.25,e),t[i].set(!1,e)},[h.MEDIA_LOOP_REQUEST](t,e,{detail:i}){let r="mediaLoop",a=!!i;return t[r].set(a,e),{mediaLoop:a}},[h.MEDIA_VOLUME_REQUEST](t,e,{detail:i}){let r="mediaVolume",a=i;a&&t.mediaMuted.get(e)&&t.mediaMuted.set(!1,e),t[r].set(a,e)},[h.MEDIA_SEEK_REQUEST](t,e,{detail:i}){let r="mediaCurrentTime",a=i;t[r].set(a,e)},[h.MEDIA_SEEK_TO_LIVE_REQUEST](t,e){var i,r,a;let s="mediaCurrentTime",n=(i=t.mediaSeekable.get(e))==null?void 0:i[1];if(Number.isNaN(Number(n)))return;let d=(a=(r=e.options)==null?void 0:r.seekToLiveOffset)!=null?a:0,u=n-d;t[s].set(u,e)},[h.MEDIA_SHOW_SUBTITLES_REQUEST](t,e,{detail:i}){var r;let{options:a}=e,s=Tt(e),n=ta(i),d=(r=n[0])==null?void 0:r.language;d&&!a.noSubtitlesLangPref&&l.localStorage.setItem("media-chrome-pref-subtitles-lang",d),Ze(De.SHOWING,s,n)},[h.MEDIA_DISABLE_SUBTITLES_REQUEST](t,e,{detail:i}){let r=Tt(e),a=i??[];Ze(De.DISABLED,r,a)},[h.MEDIA_TOGGLE_SUBTITLES_REQUEST](t,e,{detail:i}){$i(e,i)},[h.MEDIA_RENDITION_REQUEST](t,e,{detail:i}){let r="mediaRenditionSelected",a=i;t[r].set(a,e)},[h.MEDIA_AUDIO_TRACK_REQUEST](t,e,{detail:i}){let r="mediaAudioTrackEnabled",a=i;t[r].set(a,e)},[h.MEDIA_ENTER_PIP_REQUEST](t,e){let i="mediaIsPip";t.mediaIsFullscreen.get(e)&&t.mediaIsFullscreen.set(!1,e),t[i].set(!0,e)},[h.MEDIA_EXIT_PIP_REQUEST](t,e){t["mediaIsPip"].set(!1,e)},[h.MEDIA_ENTER_FULLSCREEN_REQUEST](t,e,i){let r="mediaIsFullscreen";t.mediaIsPip.get(e)&&t.mediaIsPip.set(!1,e),t[r].set(!0,e,i)},[h.MEDIA_EXIT_FULLSCREEN_REQUEST](t,e){t["mediaIsFullscreen"].set(!1,e)},[h.MEDIA_ENTER_CAST_REQUEST](t,e){let i="mediaIsCasting";t.mediaIsFullscreen.get(e)&&t.mediaIsFullscreen.set(!1,e),t[i].set(!0,e)},[h.MEDIA_EXIT_CAST_REQUEST](t,e){t["mediaIsCasting"].set(!1,e)},[h.MEDIA_AIRPLAY_REQUEST](t,e){t["mediaIsAirplaying"].set(!0,e)}};var oo=({media:t,fullscreenElement:e,documentElement:i,stateMediator:r=St,requestMap:a=so,options:s={},monitorStateOwnersOnlyWithSubscriptions:n=!0})=>{let d=[],u={options:{...s}},S=Object.freeze({mediaPreviewTime:void 0,mediaPreviewImage:void 0,mediaPreviewCoords:void 0,mediaPreviewChapter:void 0}),T=E=>{E!=null&&(Vi(E,S)||(S=Object.freeze({...S,...E}),d.forEach(y=>y(S))))},b=()=>{let E=Object.entries(r).reduce((y,[A,{get:X}])=>(y[A]=X(u),y),{});T(E)},v={},m,g=async(E,y)=>{var A,X,Ft,Ht,ot,ye,we,Bt,Ke,qa,Qa,Ya,za,Xa,Za,Ja;let zo=!!m;if(m={...u,...m??{},...E},zo)return;await ao(...Object.values(E));let nt=d.length>0&&y===0&&n,ja=u.media!==m.media,es=((A=u.media)==null?void 0:A.textTracks)!==((X=m.media)==null?void 0:X.textTracks),ts=((Ft=u.media)==null?void 0:Ft.videoRenditions)!==((Ht=m.media)==null?void 0:Ht.videoRenditions),is=((ot=u.media)==null?void 0:ot.audioTracks)!==((ye=m.media)==null?void 0:ye.audioTracks),rs=((we=u.media)==null?void 0:we.remote)!==((Bt=m.media)==null?void 0:Bt.remote),as=u.documentElement!==m.documentElement,ss=!!u.media&&(ja||nt),os=!!((Ke=u.media)!=null&&Ke.textTracks)&&(es||nt),ns=!!((qa=u.media)!=null&&qa.videoRenditions)&&(ts||nt),ls=!!((Qa=u.media)!=null&&Qa.audioTracks)&&(is||nt),ds=!!((Ya=u.media)!=null&&Ya.remote)&&(rs||nt),us=!!u.documentElement&&(as||nt),xr=ss||os||ns||ls||ds||us,lt=d.length===0&&y===1&&n,cs=!!m.media&&(ja||lt),hs=!!((za=m.media)!=null&&za.textTracks)&&(es||lt),ms=!!((Xa=m.media)!=null&&Xa.videoRenditions)&&(ts||lt),ps=!!((Za=m.media)!=null&&Za.audioTracks)&&(is||lt),Es=!!((Ja=m.media)!=null&&Ja.remote)&&(rs||lt),vs=!!m.documentElement&&(as||lt),fs=cs||hs||ms||ps||Es||vs;if(!(xr||fs)){Object.entries(m).forEach(([R,Wt])=>{u[R]=Wt}),b(),m=void 0;return}Object.entries(r).forEach(([R,{get:Wt,mediaEvents:Xo=[],textTracksEvents:Zo=[],videoRenditionsEvents:Jo=[],audioTracksEvents:jo=[],remoteEvents:en=[],rootEvents:tn=[],stateOwnersUpdateHandlers:rn=[]}])=>{v[R]||(v[R]={});let ee=x=>{let H=Wt(u,x);T({[R]:H})},K;K=v[R].mediaEvents,Xo.forEach(x=>{K&&ss&&(u.media.removeEventListener(x,K),v[R].mediaEvents=void 0),cs&&(m.media.addEventListener(x,ee),v[R].mediaEvents=ee)}),K=v[R].textTracksEvents,Zo.forEach(x=>{var H,le;K&&os&&((H=u.media.textTracks)==null||H.removeEventListener(x,K),v[R].textTracksEvents=void 0),hs&&((le=m.media.textTracks)==null||le.addEventListener(x,ee),v[R].textTracksEvents=ee)}),K=v[R].videoRenditionsEvents,Jo.forEach(x=>{var H,le;K&&ns&&((H=u.media.videoRenditions)==null||H.removeEventListener(x,K),v[R].videoRenditionsEvents=void 0),ms&&((le=m.media.videoRenditions)==null||le.addEventListener(x,ee),v[R].videoRenditionsEvents=ee)}),K=v[R].audioTracksEvents,jo.forEach(x=>{var H,le;K&&ls&&((H=u.media.audioTracks)==null||H.removeEventListener(x,K),v[R].audioTracksEvents=void 0),ps&&((le=m.media.audioTracks)==null||le.addEventListener(x,ee),v[R].audioTracksEvents=ee)}),K=v[R].remoteEvents,en.forEach(x=>{var H,le;K&&ds&&((H=u.media.remote)==null||H.removeEventListener(x,K),v[R].remoteEvents=void 0),Es&&((le=m.media.remote)==null||le.addEventListener(x,ee),v[R].remoteEvents=ee)}),K=v[R].rootEvents,tn.forEach(x=>{K&&us&&(u.documentElement.removeEventListener(x,K),v[R].rootEvents=void 0),vs&&(m.documentElement.addEventListener(x,ee),v[R].rootEvents=ee)});let fi=v[R].stateOwnersUpdateHandlers;if(fi&&xr&&(Array.isArray(fi)?fi:[fi]).forEach(H=>{typeof H=="function"&&H()}),fs){let x=rn.map(H=>H(ee,m)).filter(H=>typeof H=="function");v[R].stateOwnersUpdateHandlers=x.length===1?x[0]:x}else xr&&(v[R].stateOwnersUpdateHandlers=void 0)}),Object.entries(m).forEach(([R,Wt])=>{u[R]=Wt}),b(),m=void 0};return g({media:t,fullscreenElement:e,documentElement:i,options:s}),{dispatch(E){let{type:y,detail:A}=E;if(a[y]&&S.mediaErrorCode==null){T(a[y](r,u,E));return}y==="mediaelementchangerequest"?g({media:A}):y==="fullscreenelementchangerequest"?g({fullscreenElement:A}):y==="documentelementchangerequest"?g({documentElement:A}):y==="optionschangerequest"&&(Object.entries(A??{}).forEach(([X,Ft])=>{u.options[X]=Ft}),b())},getState(){return S},subscribe(E){return g({},d.length+1),d.push(E),E(S),()=>{let y=d.indexOf(E);y>=0&&(g({},d.length-1),d.splice(y,1))}}}};var ha=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},p=(t,e,i)=>(ha(t,e,"read from private field"),i?i.call(t):e.get(t)),ie=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},he=(t,e,i,r)=>(ha(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Ne=(t,e,i)=>(ha(t,e,"access private method"),i),Re,Zt,w,re,Jt,fe,Gi,jt,qi,na,et,Qi,la,ei,Yi,da,po,Eo=["ArrowLeft","ArrowRight","ArrowUp","ArrowDown","Enter"," ","f","m","k","c","l","j",">","<","p"],no=10,lo=.025,uo=.25,$n=.25,Vn=2,c={DEFAULT_SUBTITLES:"defaultsubtitles",DEFAULT_STREAM_TYPE:"defaultstreamtype",DEFAULT_DURATION:"defaultduration",FULLSCREEN_ELEMENT:"fullscreenelement",HOTKEYS:"hotkeys",KEYBOARD_BACKWARD_SEEK_OFFSET:"keyboardbackwardseekoffset",KEYBOARD_FORWARD_SEEK_OFFSET:"keyboardforwardseekoffset",KEYBOARD_DOWN_VOLUME_STEP:"keyboarddownvolumestep",KEYBOARD_UP_VOLUME_STEP:"keyboardupvolumestep",KEYS_USED:"keysused",LANG:"lang",LOOP:"loop",LIVE_EDGE_OFFSET:"liveedgeoffset",NO_AUTO_SEEK_TO_LIVE:"noautoseektolive",NO_DEFAULT_STORE:"nodefaultstore",NO_HOTKEYS:"nohotkeys",NO_MUTED_PREF:"nomutedpref",NO_SUBTITLES_LANG_PREF:"nosubtitleslangpref",NO_VOLUME_PREF:"novolumepref",SEEK_TO_LIVE_OFFSET:"seektoliveoffset"},ua=class extends qe{constructor(){super(),ie(this,qi),ie(this,Qi),ie(this,ei),ie(this,da),this.mediaStateReceivers=[],this.associatedElementSubscriptions=new Map,ie(this,Re,new Hi(this,c.HOTKEYS)),ie(this,Zt,void 0),ie(this,w,void 0),ie(this,re,null),ie(this,Jt,void 0),ie(this,fe,void 0),ie(this,Gi,i=>{var r;(r=p(this,w))==null||r.dispatch(i)}),ie(this,jt,void 0),ie(this,et,i=>{let{key:r,shiftKey:a}=i;if(!(a&&(r==="/"||r==="?")||Eo.includes(r))){this.removeEventListener("keyup",p(this,et));return}this.keyboardShortcutHandler(i)}),this.associateElement(this);let e={};he(this,Jt,i=>{Object.entries(i).forEach(([r,a])=>{if(r in e&&e[r]===a)return;this.propagateMediaState(r,a);let s=r.toLowerCase(),n=new l.CustomEvent(Ts[s],{composed:!0,detail:a});this.dispatchEvent(n)}),e=i})}static get observedAttributes(){return super.observedAttributes.concat(c.NO_HOTKEYS,c.HOTKEYS,c.DEFAULT_STREAM_TYPE,c.DEFAULT_SUBTITLES,c.DEFAULT_DURATION,c.NO_MUTED_PREF,c.NO_VOLUME_PREF,c.LANG,c.LOOP,c.LIVE_EDGE_OFFSET,c.SEEK_TO_LIVE_OFFSET,c.NO_AUTO_SEEK_TO_LIVE)}get mediaStore(){return p(this,w)}set mediaStore(e){var i,r;if(p(this,w)&&((i=p(this,fe))==null||i.call(this),he(this,fe,void 0)),he(this,w,e),!p(this,w)&&!this.hasAttribute(c.NO_DEFAULT_STORE)){Ne(this,qi,na).call(this);return}he(this,fe,(r=p(this,w))==null?void 0:r.subscribe(p(this,Jt)))}get fullscreenElement(){var e;return(e=p(this,Zt))!=null?e:this}set fullscreenElement(e){var i;this.hasAttribute(c.FULLSCREEN_ELEMENT)&&this.removeAttribute(c.FULLSCREEN_ELEMENT),he(this,Zt,e),(i=p(this,w))==null||i.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement})}get defaultSubtitles(){return I(this,c.DEFAULT_SUBTITLES)}set defaultSubtitles(e){k(this,c.DEFAULT_SUBTITLES,e)}get defaultStreamType(){return D(this,c.DEFAULT_STREAM_TYPE)}set defaultStreamType(e){L(this,c.DEFAULT_STREAM_TYPE,e)}get defaultDuration(){return C(this,c.DEFAULT_DURATION)}set defaultDuration(e){N(this,c.DEFAULT_DURATION,e)}get noHotkeys(){return I(this,c.NO_HOTKEYS)}set noHotkeys(e){k(this,c.NO_HOTKEYS,e)}get keysUsed(){return D(this,c.KEYS_USED)}set keysUsed(e){L(this,c.KEYS_USED,e)}get liveEdgeOffset(){return C(this,c.LIVE_EDGE_OFFSET)}set liveEdgeOffset(e){N(this,c.LIVE_EDGE_OFFSET,e)}get noAutoSeekToLive(){return I(this,c.NO_AUTO_SEEK_TO_LIVE)}set noAutoSeekToLive(e){k(this,c.NO_AUTO_SEEK_TO_LIVE,e)}get noVolumePref(){return I(this,c.NO_VOLUME_PREF)}set noVolumePref(e){k(this,c.NO_VOLUME_PREF,e)}get noMutedPref(){return I(this,c.NO_MUTED_PREF)}set noMutedPref(e){k(this,c.NO_MUTED_PREF,e)}get noSubtitlesLangPref(){return I(this,c.NO_SUBTITLES_LANG_PREF)}set noSubtitlesLangPref(e){k(this,c.NO_SUBTITLES_LANG_PREF,e)}get noDefaultStore(){return I(this,c.NO_DEFAULT_STORE)}set noDefaultStore(e){k(this,c.NO_DEFAULT_STORE,e)}get resolvedLang(){return Cs()}attributeChangedCallback(e,i,r){var a,s,n,d,u,S,T,b,v,m,g,E;if(super.attributeChangedCallback(e,i,r),e===c.NO_HOTKEYS)r!==i&&r===""?(this.hasAttribute(c.HOTKEYS)&&console.warn("Media Chrome: Both `hotkeys` and `nohotkeys` have been set. All hotkeys will be disabled."),this.disableHotkeys()):r!==i&&r===null&&this.enableHotkeys(),Ne(this,ei,Yi).call(this);else if(e===c.HOTKEYS)p(this,Re).value=r,Ne(this,ei,Yi).call(this);else if(e===c.DEFAULT_SUBTITLES&&r!==i)(a=p(this,w))==null||a.dispatch({type:"optionschangerequest",detail:{defaultSubtitles:this.hasAttribute(c.DEFAULT_SUBTITLES)}});else if(e===c.DEFAULT_STREAM_TYPE)(n=p(this,w))==null||n.dispatch({type:"optionschangerequest",detail:{defaultStreamType:(s=this.getAttribute(c.DEFAULT_STREAM_TYPE))!=null?s:void 0}});else if(e===c.LIVE_EDGE_OFFSET&&r!==i)(d=p(this,w))==null||d.dispatch({type:"optionschangerequest",detail:{liveEdgeOffset:this.hasAttribute(c.LIVE_EDGE_OFFSET)?+this.getAttribute(c.LIVE_EDGE_OFFSET):void 0,seekToLiveOffset:this.hasAttribute(c.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(c.SEEK_TO_LIVE_OFFSET):this.hasAttribute(c.LIVE_EDGE_OFFSET)?+this.getAttribute(c.LIVE_EDGE_OFFSET):void 0}});else if(e===c.SEEK_TO_LIVE_OFFSET&&r!==i)(u=p(this,w))==null||u.dispatch({type:"optionschangerequest",detail:{seekToLiveOffset:this.hasAttribute(c.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(c.SEEK_TO_LIVE_OFFSET):this.hasAttribute(c.LIVE_EDGE_OFFSET)?+this.getAttribute(c.LIVE_EDGE_OFFSET):void 0}});else if(e===c.NO_AUTO_SEEK_TO_LIVE)(S=p(this,w))==null||S.dispatch({type:"optionschangerequest",detail:{noAutoSeekToLive:this.hasAttribute(c.NO_AUTO_SEEK_TO_LIVE)}});else if(e===c.FULLSCREEN_ELEMENT){let y=r?(T=this.getRootNode())==null?void 0:T.getElementById(r):void 0;he(this,Zt,y),(b=p(this,w))==null||b.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement})}else e===c.LANG&&r!==i?(Ds(r),(v=p(this,w))==null||v.dispatch({type:"optionschangerequest",detail:{mediaLang:r}})):e===c.LOOP&&r!==i?(m=p(this,w))==null||m.dispatch({type:h.MEDIA_LOOP_REQUEST,detail:r!=null}):e===c.NO_VOLUME_PREF&&r!==i?(g=p(this,w))==null||g.dispatch({type:"optionschangerequest",detail:{noVolumePref:this.hasAttribute(c.NO_VOLUME_PREF)}}):e===c.NO_MUTED_PREF&&r!==i&&((E=p(this,w))==null||E.dispatch({type:"optionschangerequest",detail:{noMutedPref:this.hasAttribute(c.NO_MUTED_PREF)}}))}connectedCallback(){var e,i,r;this.associateElement(this),!p(this,w)&&!this.hasAttribute(c.NO_DEFAULT_STORE)&&Ne(this,qi,na).call(this),(e=p(this,w))==null||e.dispatch({type:"documentelementchangerequest",detail:B}),(i=p(this,w))==null||i.dispatch({type:"fullscreenelementchangerequest",detail:this.fullscreenElement}),super.connectedCallback(),p(this,w)&&!p(this,fe)&&he(this,fe,(r=p(this,w))==null?void 0:r.subscribe(p(this,Jt))),p(this,jt)!==void 0&&p(this,w)&&this.media&&setTimeout(()=>{var a,s,n;(s=(a=this.media)==null?void 0:a.textTracks)!=null&&s.length&&((n=p(this,w))==null||n.dispatch({type:h.MEDIA_TOGGLE_SUBTITLES_REQUEST,detail:p(this,jt)}))},0),this.hasAttribute(c.NO_HOTKEYS)?this.disableHotkeys():this.enableHotkeys()}disconnectedCallback(){var e,i,r,a,s,n;if((e=super.disconnectedCallback)==null||e.call(this),this.disableHotkeys(),p(this,w)){let d=p(this,w).getState();he(this,jt,!!((i=d.mediaSubtitlesShowing)!=null&&i.length)),(r=p(this,w))==null||r.dispatch({type:"fullscreenelementchangerequest",detail:void 0}),(a=p(this,w))==null||a.dispatch({type:"documentelementchangerequest",detail:void 0}),(s=p(this,w))==null||s.dispatch({type:h.MEDIA_TOGGLE_SUBTITLES_REQUEST,detail:!1})}p(this,fe)&&((n=p(this,fe))==null||n.call(this),he(this,fe,void 0)),this.unassociateElement(this),p(this,re)&&(p(this,re).remove(),he(this,re,null))}mediaSetCallback(e){var i;super.mediaSetCallback(e),(i=p(this,w))==null||i.dispatch({type:"mediaelementchangerequest",detail:e}),e.hasAttribute("tabindex")||(e.tabIndex=-1)}mediaUnsetCallback(e){var i;super.mediaUnsetCallback(e),(i=p(this,w))==null||i.dispatch({type:"mediaelementchangerequest",detail:void 0})}propagateMediaState(e,i){mo(this.mediaStateReceivers,e,i)}associateElement(e){if(!e)return;let{associatedElementSubscriptions:i}=this;if(i.has(e))return;let r=this.registerMediaStateReceiver.bind(this),a=this.unregisterMediaStateReceiver.bind(this),s=zn(e,r,a);Object.values(h).forEach(n=>{e.addEventListener(n,p(this,Gi))}),i.set(e,s)}unassociateElement(e){if(!e)return;let{associatedElementSubscriptions:i}=this;if(!i.has(e))return;i.get(e)(),i.delete(e),Object.values(h).forEach(a=>{e.removeEventListener(a,p(this,Gi))})}registerMediaStateReceiver(e){if(!e)return;let i=this.mediaStateReceivers;i.indexOf(e)>-1||(i.push(e),p(this,w)&&Object.entries(p(this,w).getState()).forEach(([a,s])=>{mo([e],a,s)}))}unregisterMediaStateReceiver(e){let i=this.mediaStateReceivers,r=i.indexOf(e);r<0||i.splice(r,1)}enableHotkeys(){this.addEventListener("keydown",Ne(this,Qi,la))}disableHotkeys(){this.removeEventListener("keydown",Ne(this,Qi,la)),this.removeEventListener("keyup",p(this,et))}get hotkeys(){return p(this,Re)}set hotkeys(e){L(this,c.HOTKEYS,e)}keyboardShortcutHandler(e){var i,r,a,s,n,d,u,S,T;let b=e.target;if(((a=(r=(i=b.getAttribute(c.KEYS_USED))==null?void 0:i.split(" "))!=null?r:b?.keysUsed)!=null?a:[]).map(A=>A==="Space"?" ":A).filter(Boolean).includes(e.key))return;let m,g,E;if(!(p(this,Re).contains(Pi(e.key))||e.shiftKey&&(e.key==="/"||e.key==="?")&&p(this,Re).contains("noshift+/")))switch(e.key){case" ":case"k":m=p(this,w).getState().mediaPaused?h.MEDIA_PLAY_REQUEST:h.MEDIA_PAUSE_REQUEST,this.dispatchEvent(new l.CustomEvent(m,{composed:!0,bubbles:!0}));break;case"m":m=this.mediaStore.getState().mediaVolumeLevel==="off"?h.MEDIA_UNMUTE_REQUEST:h.MEDIA_MUTE_REQUEST,this.dispatchEvent(new l.CustomEvent(m,{composed:!0,bubbles:!0}));break;case"f":m=this.mediaStore.getState().mediaIsFullscreen?h.MEDIA_EXIT_FULLSCREEN_REQUEST:h.MEDIA_ENTER_FULLSCREEN_REQUEST,this.dispatchEvent(new l.CustomEvent(m,{composed:!0,bubbles:!0}));break;case"c":this.dispatchEvent(new l.CustomEvent(h.MEDIA_TOGGLE_SUBTITLES_REQUEST,{composed:!0,bubbles:!0}));break;case"ArrowLeft":case"j":{let A=this.hasAttribute(c.KEYBOARD_BACKWARD_SEEK_OFFSET)?+this.getAttribute(c.KEYBOARD_BACKWARD_SEEK_OFFSET):no;g=Math.max(((s=this.mediaStore.getState().mediaCurrentTime)!=null?s:0)-A,0),E=new l.CustomEvent(h.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:g}),this.dispatchEvent(E);break}case"ArrowRight":case"l":{let A=this.hasAttribute(c.KEYBOARD_FORWARD_SEEK_OFFSET)?+this.getAttribute(c.KEYBOARD_FORWARD_SEEK_OFFSET):no;g=Math.max(((n=this.mediaStore.getState().mediaCurrentTime)!=null?n:0)+A,0),E=new l.CustomEvent(h.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:g}),this.dispatchEvent(E);break}case"ArrowUp":{let A=this.hasAttribute(c.KEYBOARD_UP_VOLUME_STEP)?+this.getAttribute(c.KEYBOARD_UP_VOLUME_STEP):lo;g=Math.min(((d=this.mediaStore.getState().mediaVolume)!=null?d:1)+A,1),E=new l.CustomEvent(h.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:g}),this.dispatchEvent(E);break}case"ArrowDown":{let A=this.hasAttribute(c.KEYBOARD_DOWN_VOLUME_STEP)?+this.getAttribute(c.KEYBOARD_DOWN_VOLUME_STEP):lo;g=Math.max(((u=this.mediaStore.getState().mediaVolume)!=null?u:1)-A,0),E=new l.CustomEvent(h.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:g}),this.dispatchEvent(E);break}case"<":{let A=(S=this.mediaStore.getState().mediaPlaybackRate)!=null?S:1;g=Math.max(A-uo,$n).toFixed(2),E=new l.CustomEvent(h.MEDIA_PLAYBACK_RATE_REQUEST,{composed:!0,bubbles:!0,detail:g}),this.dispatchEvent(E);break}case">":{let A=(T=this.mediaStore.getState().mediaPlaybackRate)!=null?T:1;g=Math.min(A+uo,Vn).toFixed(2),E=new l.CustomEvent(h.MEDIA_PLAYBACK_RATE_REQUEST,{composed:!0,bubbles:!0,detail:g}),this.dispatchEvent(E);break}case"/":case"?":{e.shiftKey&&Ne(this,da,po).call(this);break}case"p":{m=this.mediaStore.getState().mediaIsPip?h.MEDIA_EXIT_PIP_REQUEST:h.MEDIA_ENTER_PIP_REQUEST,E=new l.CustomEvent(m,{composed:!0,bubbles:!0}),this.dispatchEvent(E);break}default:break}}};Re=new WeakMap;Zt=new WeakMap;w=new WeakMap;re=new WeakMap;Jt=new WeakMap;fe=new WeakMap;Gi=new WeakMap;jt=new WeakMap;qi=new WeakSet;na=function(){var t;this.mediaStore=oo({media:this.media,fullscreenElement:this.fullscreenElement,options:{defaultSubtitles:this.hasAttribute(c.DEFAULT_SUBTITLES),defaultDuration:this.hasAttribute(c.DEFAULT_DURATION)?+this.getAttribute(c.DEFAULT_DURATION):void 0,defaultStreamType:(t=this.getAttribute(c.DEFAULT_STREAM_TYPE))!=null?t:void 0,liveEdgeOffset:this.hasAttribute(c.LIVE_EDGE_OFFSET)?+this.getAttribute(c.LIVE_EDGE_OFFSET):void 0,seekToLiveOffset:this.hasAttribute(c.SEEK_TO_LIVE_OFFSET)?+this.getAttribute(c.SEEK_TO_LIVE_OFFSET):this.hasAttribute(c.LIVE_EDGE_OFFSET)?+this.getAttribute(c.LIVE_EDGE_OFFSET):void 0,noAutoSeekToLive:this.hasAttribute(c.NO_AUTO_SEEK_TO_LIVE),noVolumePref:this.hasAttribute(c.NO_VOLUME_PREF),noMutedPref:this.hasAttribute(c.NO_MUTED_PREF),noSubtitlesLangPref:this.hasAttribute(c.NO_SUBTITLES_LANG_PREF)}})};et=new WeakMap;Qi=new WeakSet;la=function(t){var e;let{metaKey:i,altKey:r,key:a,shiftKey:s}=t,n=s&&(a==="/"||a==="?");if(n&&((e=p(this,re))!=null&&e.open)){this.removeEventListener("keyup",p(this,et));return}if(i||r||!n&&!Eo.includes(a)){this.removeEventListener("keyup",p(this,et));return}let d=t.target,u=d instanceof HTMLElement&&(d.tagName.toLowerCase()==="media-volume-range"||d.tagName.toLowerCase()==="media-time-range");[" ","ArrowLeft","ArrowRight","ArrowUp","ArrowDown"].includes(a)&&!p(this,Re).contains(Pi(a))&&!u&&t.preventDefault(),this.addEventListener("keyup",p(this,et),{once:!0})};ei=new WeakSet;Yi=function(){p(this,re)&&(p(this,re).hotkeys=p(this,Re).value||void 0,(this.noHotkeys||p(this,Re).contains("noshift+/"))&&(p(this,re).open=!1))};da=new WeakSet;po=function(){p(this,re)||(he(this,re,B.createElement("media-keyboard-shortcuts-dialog")),Ne(this,ei,Yi).call(this),this.appendChild(p(this,re))),p(this,re).open=!0};var Kn=Object.values(o),Gn=Object.values(Nr),vo=t=>{var e,i,r,a;let{observedAttributes:s}=t.constructor;!s&&((e=t.nodeName)!=null&&e.includes("-"))&&(l.customElements.upgrade(t),{observedAttributes:s}=t.constructor);let n=(a=(r=(i=t?.getAttribute)==null?void 0:i.call(t,M.MEDIA_CHROME_ATTRIBUTES))==null?void 0:r.split)==null?void 0:a.call(r,/\s+/);return Array.isArray(s||n)?(s||n).filter(d=>Kn.includes(d)):[]},qn=t=>{var e,i;return(e=t.nodeName)!=null&&e.includes("-")&&l.customElements.get((i=t.nodeName)==null?void 0:i.toLowerCase())&&!(t instanceof l.customElements.get(t.nodeName.toLowerCase()))&&l.customElements.upgrade(t),Gn.some(r=>r in t)},ca=t=>qn(t)||!!vo(t).length,co=t=>{var e;return(e=t?.join)==null?void 0:e.call(t,":")},ho={[o.MEDIA_SUBTITLES_LIST]:ia,[o.MEDIA_SUBTITLES_SHOWING]:ia,[o.MEDIA_SEEKABLE]:co,[o.MEDIA_BUFFERED]:t=>t?.map(co).join(" "),[o.MEDIA_PREVIEW_COORDS]:t=>t?.join(" "),[o.MEDIA_RENDITION_LIST]:Ks,[o.MEDIA_AUDIO_TRACK_LIST]:Gs},Qn=async(t,e,i)=>{var r,a;if(t.isConnected||await Bi(0),typeof i=="boolean"||i==null)return k(t,e,i);if(typeof i=="number")return N(t,e,i);if(typeof i=="string")return L(t,e,i);if(Array.isArray(i)&&!i.length)return t.removeAttribute(e);let s=(a=(r=ho[e])==null?void 0:r.call(ho,i))!=null?a:i;return t.setAttribute(e,s)},Yn=t=>{var e;return!!((e=t.closest)!=null&&e.call(t,'*[slot="media"]'))},je=(t,e)=>{if(Yn(t))return;let i=(a,s)=>{var n,d;ca(a)&&s(a);let{children:u=[]}=a??{},S=(d=(n=a?.shadowRoot)==null?void 0:n.children)!=null?d:[];[...u,...S].forEach(b=>je(b,s))},r=t?.nodeName.toLowerCase();if(r.includes("-")&&!ca(t)){l.customElements.whenDefined(r).then(()=>{i(t,e)});return}i(t,e)},mo=(t,e,i)=>{t.forEach(r=>{if(e in r){r[e]=i;return}let a=vo(r),s=e.toLowerCase();a.includes(s)&&Qn(r,s,i)})},zn=(t,e,i)=>{je(t,e);let r=T=>{var b;let v=(b=T?.composedPath()[0])!=null?b:T.target;e(v)},a=T=>{var b;let v=(b=T?.composedPath()[0])!=null?b:T.target;i(v)};t.addEventListener(h.REGISTER_MEDIA_STATE_RECEIVER,r),t.addEventListener(h.UNREGISTER_MEDIA_STATE_RECEIVER,a);let s=T=>{T.forEach(b=>{let{addedNodes:v=[],removedNodes:m=[],type:g,target:E,attributeName:y}=b;g==="childList"?(Array.prototype.forEach.call(v,A=>je(A,e)),Array.prototype.forEach.call(m,A=>je(A,i))):g==="attributes"&&y===M.MEDIA_CHROME_ATTRIBUTES&&(ca(E)?e(E):i(E))})},n=[],d=T=>{let b=T.target;b.name!=="media"&&(n.forEach(v=>je(v,i)),n=[...b.assignedElements({flatten:!0})],n.forEach(v=>je(v,e)))};t.addEventListener("slotchange",d);let u=new MutationObserver(s);return u.observe(t,{childList:!0,attributes:!0,subtree:!0}),()=>{je(t,i),t.removeEventListener("slotchange",d),u.disconnect(),t.removeEventListener(h.REGISTER_MEDIA_STATE_RECEIVER,r),t.removeEventListener(h.UNREGISTER_MEDIA_STATE_RECEIVER,a)}};l.customElements.get("media-controller")||l.customElements.define("media-controller",ua);var fo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},zi=(t,e,i)=>(fo(t,e,"read from private field"),i?i.call(t):e.get(t)),Xn=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Xi=(t,e,i,r)=>(fo(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),_e;function Zn(t){return`
    <style>
      :host {
        
        box-sizing: border-box;
        display: var(--media-control-display, var(--media-control-bar-display, inline-flex));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        --media-loading-indicator-icon-height: 44px;
      }

      ::slotted(media-time-range),
      ::slotted(media-volume-range) {
        min-height: 100%;
      }

      ::slotted(media-time-range),
      ::slotted(media-clip-selector) {
        flex-grow: 1;
      }

      ::slotted([role="menu"]) {
        position: absolute;
      }
    </style>

    <slot></slot>
  `}var ti=class extends l.HTMLElement{constructor(){if(super(),Xn(this,_e,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=G(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[M.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,r){var a,s,n,d,u;e===M.MEDIA_CONTROLLER&&(i&&((s=(a=zi(this,_e))==null?void 0:a.unassociateElement)==null||s.call(a,this),Xi(this,_e,null)),r&&this.isConnected&&(Xi(this,_e,(n=this.getRootNode())==null?void 0:n.getElementById(r)),(u=(d=zi(this,_e))==null?void 0:d.associateElement)==null||u.call(d,this)))}connectedCallback(){var e,i,r;let a=this.getAttribute(M.MEDIA_CONTROLLER);a&&(Xi(this,_e,(e=this.getRootNode())==null?void 0:e.getElementById(a)),(r=(i=zi(this,_e))==null?void 0:i.associateElement)==null||r.call(i,this))}disconnectedCallback(){var e,i;(i=(e=zi(this,_e))==null?void 0:e.unassociateElement)==null||i.call(e,this),Xi(this,_e,null)}};_e=new WeakMap;ti.shadowRootOptions={mode:"open"};ti.getTemplateHTML=Zn;l.customElements.get("media-control-bar")||l.customElements.define("media-control-bar",ti);var It={PLACEMENT:"placement",BOUNDS:"bounds"};function Jn(t){return`
    <style>
      :host {
        --_tooltip-background-color: var(--media-tooltip-background-color, var(--media-secondary-color, rgba(20, 20, 30, .7)));
        --_tooltip-background: var(--media-tooltip-background, var(--_tooltip-background-color));
        --_tooltip-arrow-half-width: calc(var(--media-tooltip-arrow-width, 12px) / 2);
        --_tooltip-arrow-height: var(--media-tooltip-arrow-height, 5px);
        --_tooltip-arrow-background: var(--media-tooltip-arrow-color, var(--_tooltip-background-color));
        position: relative;
        pointer-events: none;
        display: var(--media-tooltip-display, inline-flex);
        justify-content: center;
        align-items: center;
        box-sizing: border-box;
        z-index: var(--media-tooltip-z-index, 1);
        background: var(--_tooltip-background);
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        font: var(--media-font,
          var(--media-font-weight, 400)
          var(--media-font-size, 13px) /
          var(--media-text-content-height, var(--media-control-height, 18px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        padding: var(--media-tooltip-padding, .35em .7em);
        border: var(--media-tooltip-border, none);
        border-radius: var(--media-tooltip-border-radius, 5px);
        filter: var(--media-tooltip-filter, drop-shadow(0 0 4px rgba(0, 0, 0, .2)));
        white-space: var(--media-tooltip-white-space, nowrap);
      }

      :host([hidden]) {
        display: none;
      }

      img, svg {
        display: inline-block;
      }

      #arrow {
        position: absolute;
        width: 0px;
        height: 0px;
        border-style: solid;
        display: var(--media-tooltip-arrow-display, block);
      }

      :host(:not([placement])),
      :host([placement="top"]) {
        position: absolute;
        bottom: calc(100% + var(--media-tooltip-distance, 12px));
        left: 50%;
        transform: translate(calc(-50% - var(--media-tooltip-offset-x, 0px)), 0);
      }
      :host(:not([placement])) #arrow,
      :host([placement="top"]) #arrow {
        top: 100%;
        left: 50%;
        border-width: var(--_tooltip-arrow-height) var(--_tooltip-arrow-half-width) 0 var(--_tooltip-arrow-half-width);
        border-color: var(--_tooltip-arrow-background) transparent transparent transparent;
        transform: translate(calc(-50% + var(--media-tooltip-offset-x, 0px)), 0);
      }

      :host([placement="right"]) {
        position: absolute;
        left: calc(100% + var(--media-tooltip-distance, 12px));
        top: 50%;
        transform: translate(0, -50%);
      }
      :host([placement="right"]) #arrow {
        top: 50%;
        right: 100%;
        border-width: var(--_tooltip-arrow-half-width) var(--_tooltip-arrow-height) var(--_tooltip-arrow-half-width) 0;
        border-color: transparent var(--_tooltip-arrow-background) transparent transparent;
        transform: translate(0, -50%);
      }

      :host([placement="bottom"]) {
        position: absolute;
        top: calc(100% + var(--media-tooltip-distance, 12px));
        left: 50%;
        transform: translate(calc(-50% - var(--media-tooltip-offset-x, 0px)), 0);
      }
      :host([placement="bottom"]) #arrow {
        bottom: 100%;
        left: 50%;
        border-width: 0 var(--_tooltip-arrow-half-width) var(--_tooltip-arrow-height) var(--_tooltip-arrow-half-width);
        border-color: transparent transparent var(--_tooltip-arrow-background) transparent;
        transform: translate(calc(-50% + var(--media-tooltip-offset-x, 0px)), 0);
      }

      :host([placement="left"]) {
        position: absolute;
        right: calc(100% + var(--media-tooltip-distance, 12px));
        top: 50%;
        transform: translate(0, -50%);
      }
      :host([placement="left"]) #arrow {
        top: 50%;
        left: 100%;
        border-width: var(--_tooltip-arrow-half-width) 0 var(--_tooltip-arrow-half-width) var(--_tooltip-arrow-height);
        border-color: transparent transparent transparent var(--_tooltip-arrow-background);
        transform: translate(0, -50%);
      }
      
      :host([placement="none"]) #arrow {
        display: none;
      }
    </style>
    <slot></slot>
    <div id="arrow"></div>
  `}var kt=class extends l.HTMLElement{constructor(){if(super(),this.updateXOffset=()=>{var e;if(!yi(this,{checkOpacity:!1,checkVisibilityCSS:!1}))return;let i=this.placement;if(i==="left"||i==="right"){this.style.removeProperty("--media-tooltip-offset-x");return}let r=getComputedStyle(this),a=(e=Ce(this,"#"+this.bounds))!=null?e:ys(this);if(!a)return;let{x:s,width:n}=a.getBoundingClientRect(),{x:d,width:u}=this.getBoundingClientRect(),S=d+u,T=s+n,b=r.getPropertyValue("--media-tooltip-offset-x"),v=b?parseFloat(b.replace("px","")):0,m=r.getPropertyValue("--media-tooltip-container-margin"),g=m?parseFloat(m.replace("px","")):0,E=d-s+v-g,y=S-T+v+g;if(E<0){this.style.setProperty("--media-tooltip-offset-x",`${E}px`);return}if(y>0){this.style.setProperty("--media-tooltip-offset-x",`${y}px`);return}this.style.removeProperty("--media-tooltip-offset-x")},!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=G(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}if(this.arrowEl=this.shadowRoot.querySelector("#arrow"),Object.prototype.hasOwnProperty.call(this,"placement")){let e=this.placement;delete this.placement,this.placement=e}}static get observedAttributes(){return[It.PLACEMENT,It.BOUNDS]}get placement(){return D(this,It.PLACEMENT)}set placement(e){L(this,It.PLACEMENT,e)}get bounds(){return D(this,It.BOUNDS)}set bounds(e){L(this,It.BOUNDS,e)}};kt.shadowRootOptions={mode:"open"};kt.getTemplateHTML=Jn;l.customElements.get("media-tooltip")||l.customElements.define("media-tooltip",kt);var ma=kt;var va=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},W=(t,e,i)=>(va(t,e,"read from private field"),i?i.call(t):e.get(t)),tt=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Zi=(t,e,i,r)=>(va(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),_o=(t,e,i)=>(va(t,e,"access private method"),i),ge,wt,pa,go,He,yt,Ji,Ea,bo,Fe={TOOLTIP_PLACEMENT:"tooltipplacement",DISABLED:"disabled",NO_TOOLTIP:"notooltip"};function jn(t,e={}){return`
    <style>
      :host {
        position: relative;
        font: var(--media-font,
          var(--media-font-weight, bold)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        padding: var(--media-button-padding, var(--media-control-padding, 10px));
        justify-content: var(--media-button-justify-content, center);
        display: inline-flex;
        align-items: center;
        vertical-align: middle;
        box-sizing: border-box;
        transition: background .15s linear;
        pointer-events: auto;
        cursor: var(--media-cursor, pointer);
        -webkit-tap-highlight-color: transparent;
      }

      
      :host(:focus-visible) {
        box-shadow: var(--media-focus-box-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        outline: 0;
      }
      
      :host(:where(:focus)) {
        box-shadow: none;
        outline: 0;
      }

      :host(:hover) {
        background: var(--media-control-hover-background, rgba(50 50 70 / .7));
      }

      slot[name="icon"] {
        display: inline-flex;
        align-items: center;
      }

      svg, img, ::slotted(svg), ::slotted(img) {
        width: var(--media-button-icon-width);
        height: var(--media-button-icon-height, var(--media-control-height, 24px));
        transform: var(--media-button-icon-transform);
        transition: var(--media-button-icon-transition);
        fill: var(--media-icon-color, var(--media-primary-color, rgb(238 238 238)));
        vertical-align: middle;
        max-width: 100%;
        max-height: 100%;
        min-width: 100%;
      }

      media-tooltip {
        
        max-width: 0;
        overflow-x: clip;
        opacity: 0;
        transition: opacity .3s, max-width 0s 9s;
      }

      :host(:hover) media-tooltip,
      :host(:focus-visible) media-tooltip {
        max-width: 100vw;
        opacity: 1;
        transition: opacity .3s;
      }

      :host([notooltip]) slot[name="tooltip"] {
        display: none;
      }
    </style>

    ${this.getSlotTemplateHTML(t,e)}

    <slot name="tooltip">
      <media-tooltip part="tooltip" aria-hidden="true">
        <template shadowrootmode="${ma.shadowRootOptions.mode}">
          ${ma.getTemplateHTML({})}
        </template>
        <slot name="tooltip-content">
          ${this.getTooltipContentHTML(t)}
        </slot>
      </media-tooltip>
    </slot>
  `}function el(t,e){return`
    <slot></slot>
  `}function tl(){return""}var $=class extends l.HTMLElement{constructor(){if(super(),tt(this,pa),tt(this,Ea),tt(this,ge,void 0),this.preventClick=!1,this.tooltipEl=null,tt(this,wt,e=>{this.preventClick||this.handleClick(e),setTimeout(W(this,He),0)}),tt(this,He,()=>{var e,i;(i=(e=this.tooltipEl)==null?void 0:e.updateXOffset)==null||i.call(e)}),tt(this,yt,e=>{let{key:i}=e;if(!this.keysUsed.includes(i)){this.removeEventListener("keyup",W(this,yt));return}this.preventClick||this.handleClick(e)}),tt(this,Ji,e=>{let{metaKey:i,altKey:r,key:a}=e;if(i||r||!this.keysUsed.includes(a)){this.removeEventListener("keyup",W(this,yt));return}this.addEventListener("keyup",W(this,yt),{once:!0})}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=G(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}this.tooltipEl=this.shadowRoot.querySelector("media-tooltip")}static get observedAttributes(){return["disabled",Fe.TOOLTIP_PLACEMENT,M.MEDIA_CONTROLLER,o.MEDIA_LANG]}enable(){this.addEventListener("click",W(this,wt)),this.addEventListener("keydown",W(this,Ji)),this.tabIndex=0}disable(){this.removeEventListener("click",W(this,wt)),this.removeEventListener("keydown",W(this,Ji)),this.removeEventListener("keyup",W(this,yt)),this.tabIndex=-1}attributeChangedCallback(e,i,r){var a,s,n,d,u;e===M.MEDIA_CONTROLLER?(i&&((s=(a=W(this,ge))==null?void 0:a.unassociateElement)==null||s.call(a,this),Zi(this,ge,null)),r&&this.isConnected&&(Zi(this,ge,(n=this.getRootNode())==null?void 0:n.getElementById(r)),(u=(d=W(this,ge))==null?void 0:d.associateElement)==null||u.call(d,this))):e==="disabled"&&r!==i?r==null?this.enable():this.disable():e===Fe.TOOLTIP_PLACEMENT&&this.tooltipEl&&r!==i?this.tooltipEl.placement=r:e===o.MEDIA_LANG&&(this.shadowRoot.querySelector('slot[name="tooltip-content"]').innerHTML=this.constructor.getTooltipContentHTML()),_o(this,pa,go).call(this)&&W(this,He).call(this)}connectedCallback(){var e,i,r;let{style:a}=O(this.shadowRoot,":host");a.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`),this.hasAttribute("disabled")?this.disable():this.enable(),this.setAttribute("role","button");let s=this.getAttribute(M.MEDIA_CONTROLLER);s&&(Zi(this,ge,(e=this.getRootNode())==null?void 0:e.getElementById(s)),(r=(i=W(this,ge))==null?void 0:i.associateElement)==null||r.call(i,this)),l.customElements.whenDefined("media-tooltip").then(()=>_o(this,Ea,bo).call(this))}disconnectedCallback(){var e,i;this.disable(),(i=(e=W(this,ge))==null?void 0:e.unassociateElement)==null||i.call(e,this),Zi(this,ge,null),this.removeEventListener("mouseenter",W(this,He)),this.removeEventListener("focus",W(this,He)),this.removeEventListener("click",W(this,wt))}get keysUsed(){return["Enter"," "]}get tooltipPlacement(){return D(this,Fe.TOOLTIP_PLACEMENT)}set tooltipPlacement(e){L(this,Fe.TOOLTIP_PLACEMENT,e)}get mediaController(){return D(this,M.MEDIA_CONTROLLER)}set mediaController(e){L(this,M.MEDIA_CONTROLLER,e)}get disabled(){return I(this,Fe.DISABLED)}set disabled(e){k(this,Fe.DISABLED,e)}get noTooltip(){return I(this,Fe.NO_TOOLTIP)}set noTooltip(e){k(this,Fe.NO_TOOLTIP,e)}handleClick(e){}};ge=new WeakMap;wt=new WeakMap;pa=new WeakSet;go=function(){try{return this.matches(":hover, :focus-visible")}catch{return this.matches(":hover, :focus")}};He=new WeakMap;yt=new WeakMap;Ji=new WeakMap;Ea=new WeakSet;bo=function(){this.addEventListener("mouseenter",W(this,He)),this.addEventListener("focus",W(this,He)),this.addEventListener("click",W(this,wt));let t=this.tooltipPlacement;t&&this.tooltipEl&&(this.tooltipEl.placement=t)};$.shadowRootOptions={mode:"open"};$.getTemplateHTML=jn;$.getSlotTemplateHTML=el;$.getTooltipContentHTML=tl;l.customElements.get("media-chrome-button")||l.customElements.define("media-chrome-button",$);var il=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="m6 21 15-9L6 3v18Z"/>
</svg>`,rl=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M6 20h4V4H6v16Zm8-16v16h4V4h-4Z"/>
</svg>`;function al(t){return`
    <style>
      :host([${o.MEDIA_PAUSED}]) slot[name=pause],
      :host(:not([${o.MEDIA_PAUSED}])) slot[name=play] {
        display: none !important;
      }

      :host([${o.MEDIA_PAUSED}]) slot[name=tooltip-pause],
      :host(:not([${o.MEDIA_PAUSED}])) slot[name=tooltip-play] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="play">${il}</slot>
      <slot name="pause">${rl}</slot>
    </slot>
  `}function sl(){return`
    <slot name="tooltip-play">${_("Play")}</slot>
    <slot name="tooltip-pause">${_("Pause")}</slot>
  `}var Ao=t=>{let e=t.mediaPaused?_("play"):_("pause");t.setAttribute("aria-label",e)},ii=class extends ${static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PAUSED,o.MEDIA_ENDED]}connectedCallback(){super.connectedCallback(),Ao(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),(e===o.MEDIA_PAUSED||e===o.MEDIA_LANG)&&Ao(this)}get mediaPaused(){return I(this,o.MEDIA_PAUSED)}set mediaPaused(e){k(this,o.MEDIA_PAUSED,e)}handleClick(){let e=this.mediaPaused?h.MEDIA_PLAY_REQUEST:h.MEDIA_PAUSE_REQUEST;this.dispatchEvent(new l.CustomEvent(e,{composed:!0,bubbles:!0}))}};ii.getSlotTemplateHTML=al;ii.getTooltipContentHTML=sl;l.customElements.get("media-play-button")||l.customElements.define("media-play-button",ii);var Mt={SEEK_OFFSET:"seekoffset"},fa=30,ol=t=>`
  <svg aria-hidden="true" viewBox="0 0 20 24">
    <defs>
      <style>.text{font-size:8px;font-family:Arial-BoldMT, Arial;font-weight:700;}</style>
    </defs>
    <text class="text value" transform="translate(2.18 19.87)">${t}</text>
    <path d="M10 6V3L4.37 7 10 10.94V8a5.54 5.54 0 0 1 1.9 10.48v2.12A7.5 7.5 0 0 0 10 6Z"/>
  </svg>`;function nl(t,e){return`
    <slot name="icon">${ol(e.seekOffset)}</slot>
  `}var ll=(t,e)=>{t.setAttribute("aria-label",_("seek back {seekOffset} seconds",{seekOffset:e}))};function dl(){return _("Seek backward")}var ul=0,ri=class extends ${static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_CURRENT_TIME,Mt.SEEK_OFFSET]}connectedCallback(){super.connectedCallback(),this.seekOffset=C(this,Mt.SEEK_OFFSET,fa)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),ll(this,this.seekOffset),e===Mt.SEEK_OFFSET&&(this.seekOffset=C(this,Mt.SEEK_OFFSET,fa))}get seekOffset(){return C(this,Mt.SEEK_OFFSET,fa)}set seekOffset(e){N(this,Mt.SEEK_OFFSET,e),this.setAttribute("aria-label",_("seek back {seekOffset} seconds",{seekOffset:this.seekOffset})),Ii(ki(this,"icon"),this.seekOffset)}get mediaCurrentTime(){return C(this,o.MEDIA_CURRENT_TIME,ul)}set mediaCurrentTime(e){N(this,o.MEDIA_CURRENT_TIME,e)}handleClick(){let e=Math.max(this.mediaCurrentTime-this.seekOffset,0),i=new l.CustomEvent(h.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:e});this.dispatchEvent(i)}};ri.getSlotTemplateHTML=nl;ri.getTooltipContentHTML=dl;l.customElements.get("media-seek-backward-button")||l.customElements.define("media-seek-backward-button",ri);var Lt={SEEK_OFFSET:"seekoffset"},_a=30,cl=t=>`
  <svg aria-hidden="true" viewBox="0 0 20 24">
    <defs>
      <style>.text{font-size:8px;font-family:Arial-BoldMT, Arial;font-weight:700;}</style>
    </defs>
    <text class="text value" transform="translate(8.9 19.87)">${t}</text>
    <path d="M10 6V3l5.61 4L10 10.94V8a5.54 5.54 0 0 0-1.9 10.48v2.12A7.5 7.5 0 0 1 10 6Z"/>
  </svg>`;function hl(t,e){return`
    <slot name="icon">${cl(e.seekOffset)}</slot>
  `}var ml=(t,e)=>{t.setAttribute("aria-label",_("seek forward {seekOffset} seconds",{seekOffset:e}))};function pl(){return _("Seek forward")}var El=0,ai=class extends ${static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_CURRENT_TIME,Lt.SEEK_OFFSET]}connectedCallback(){super.connectedCallback(),this.seekOffset=C(this,Lt.SEEK_OFFSET,_a)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),ml(this,this.seekOffset),e===Lt.SEEK_OFFSET&&(this.seekOffset=C(this,Lt.SEEK_OFFSET,_a))}get seekOffset(){return C(this,Lt.SEEK_OFFSET,_a)}set seekOffset(e){N(this,Lt.SEEK_OFFSET,e),this.setAttribute("aria-label",_("seek forward {seekOffset} seconds",{seekOffset:this.seekOffset})),Ii(ki(this,"icon"),this.seekOffset)}get mediaCurrentTime(){return C(this,o.MEDIA_CURRENT_TIME,El)}set mediaCurrentTime(e){N(this,o.MEDIA_CURRENT_TIME,e)}handleClick(){let e=this.mediaCurrentTime+this.seekOffset,i=new l.CustomEvent(h.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:e});this.dispatchEvent(i)}};ai.getSlotTemplateHTML=hl;ai.getTooltipContentHTML=pl;l.customElements.get("media-seek-forward-button")||l.customElements.define("media-seek-forward-button",ai);var vl=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M16.5 12A4.5 4.5 0 0 0 14 8v2.18l2.45 2.45a4.22 4.22 0 0 0 .05-.63Zm2.5 0a6.84 6.84 0 0 1-.54 2.64L20 16.15A8.8 8.8 0 0 0 21 12a9 9 0 0 0-7-8.77v2.06A7 7 0 0 1 19 12ZM4.27 3 3 4.27 7.73 9H3v6h4l5 5v-6.73l4.25 4.25A6.92 6.92 0 0 1 14 18.7v2.06A9 9 0 0 0 17.69 19l2 2.05L21 19.73l-9-9L4.27 3ZM12 4 9.91 6.09 12 8.18V4Z"/>
</svg>`,To=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M3 9v6h4l5 5V4L7 9H3Zm13.5 3A4.5 4.5 0 0 0 14 8v8a4.47 4.47 0 0 0 2.5-4Z"/>
</svg>`,fl=`<svg aria-hidden="true" viewBox="0 0 24 24">
  <path d="M3 9v6h4l5 5V4L7 9H3Zm13.5 3A4.5 4.5 0 0 0 14 8v8a4.47 4.47 0 0 0 2.5-4ZM14 3.23v2.06a7 7 0 0 1 0 13.42v2.06a9 9 0 0 0 0-17.54Z"/>
</svg>`;function _l(t){return`
    <style>
      :host(:not([${o.MEDIA_VOLUME_LEVEL}])) slot[name=icon] slot:not([name=high]),
      :host([${o.MEDIA_VOLUME_LEVEL}=high]) slot[name=icon] slot:not([name=high]) {
        display: none !important;
      }

      :host([${o.MEDIA_VOLUME_LEVEL}=off]) slot[name=icon] slot:not([name=off]) {
        display: none !important;
      }

      :host([${o.MEDIA_VOLUME_LEVEL}=low]) slot[name=icon] slot:not([name=low]) {
        display: none !important;
      }

      :host([${o.MEDIA_VOLUME_LEVEL}=medium]) slot[name=icon] slot:not([name=medium]) {
        display: none !important;
      }

      :host(:not([${o.MEDIA_VOLUME_LEVEL}=off])) slot[name=tooltip-unmute],
      :host([${o.MEDIA_VOLUME_LEVEL}=off]) slot[name=tooltip-mute] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="off">${vl}</slot>
      <slot name="low">${To}</slot>
      <slot name="medium">${To}</slot>
      <slot name="high">${fl}</slot>
    </slot>
  `}function gl(){return`
    <slot name="tooltip-mute">${_("Mute")}</slot>
    <slot name="tooltip-unmute">${_("Unmute")}</slot>
  `}var So=t=>{let i=t.mediaVolumeLevel==="off"?_("unmute"):_("mute");t.setAttribute("aria-label",i)},si=class extends ${static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_VOLUME_LEVEL]}connectedCallback(){super.connectedCallback(),So(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_VOLUME_LEVEL&&So(this)}get mediaVolumeLevel(){return D(this,o.MEDIA_VOLUME_LEVEL)}set mediaVolumeLevel(e){L(this,o.MEDIA_VOLUME_LEVEL,e)}handleClick(){let e=this.mediaVolumeLevel==="off"?h.MEDIA_UNMUTE_REQUEST:h.MEDIA_MUTE_REQUEST;this.dispatchEvent(new l.CustomEvent(e,{composed:!0,bubbles:!0}))}};si.getSlotTemplateHTML=_l;si.getTooltipContentHTML=gl;l.customElements.get("media-mute-button")||l.customElements.define("media-mute-button",si);var ka=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},P=(t,e,i)=>(ka(t,e,"read from private field"),i?i.call(t):e.get(t)),z=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Be=(t,e,i,r)=>(ka(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),me=(t,e,i)=>(ka(t,e,"access private method"),i),be,lr,ji,er,pe,or,tr,ir,rr,ya,Io,ar,ga,sr,ba,nr,wa,Aa,ko,Ta,yo,Sa,wo,Ia,Mo;function bl(t){return`
    <style>
      :host {
        --_focus-box-shadow: var(--media-focus-box-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        --_media-range-padding: var(--media-range-padding, var(--media-control-padding, 10px));

        box-shadow: var(--_focus-visible-box-shadow, none);
        background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        height: calc(var(--media-control-height, 24px) + 2 * var(--_media-range-padding));
        display: inline-flex;
        align-items: center;
        
        vertical-align: middle;
        box-sizing: border-box;
        position: relative;
        width: 100px;
        transition: background .15s linear;
        cursor: var(--media-cursor, pointer);
        pointer-events: auto;
        touch-action: none; 
      }

      
      input[type=range]:focus {
        outline: 0;
      }
      input[type=range]:focus::-webkit-slider-runnable-track {
        outline: 0;
      }

      :host(:hover) {
        background: var(--media-control-hover-background, rgb(50 50 70 / .7));
      }

      #leftgap {
        padding-left: var(--media-range-padding-left, var(--_media-range-padding));
      }

      #rightgap {
        padding-right: var(--media-range-padding-right, var(--_media-range-padding));
      }

      #startpoint,
      #endpoint {
        position: absolute;
      }

      #endpoint {
        right: 0;
      }

      #container {
        
        width: var(--media-range-track-width, 100%);
        transform: translate(var(--media-range-track-translate-x, 0px), var(--media-range-track-translate-y, 0px));
        position: relative;
        height: 100%;
        display: flex;
        align-items: center;
        min-width: 40px;
      }

      #range {
        
        display: var(--media-time-range-hover-display, block);
        bottom: var(--media-time-range-hover-bottom, 0);
        height: var(--media-time-range-hover-height, max(100% , 25px));
        width: 100%;
        position: absolute;
        cursor: var(--media-cursor, pointer);

        -webkit-appearance: none; 
        -webkit-tap-highlight-color: transparent;
        background: transparent; 
        margin: 0;
        z-index: 1;
      }

      @media (hover: hover) {
        #range {
          bottom: var(--media-time-range-hover-bottom, 0);
          height: var(--media-time-range-hover-height, max(100%, 20px));
        }
      }

      
      
      #range::-webkit-slider-thumb {
        -webkit-appearance: none;
        background: transparent;
        width: .1px;
        height: .1px;
      }

      
      #range::-moz-range-thumb {
        background: transparent;
        border: transparent;
        width: .1px;
        height: .1px;
      }

      #appearance {
        height: var(--media-range-track-height, 4px);
        display: flex;
        flex-direction: column;
        justify-content: center;
        width: 100%;
        position: absolute;
        
        will-change: transform;
      }

      #track {
        background: var(--media-range-track-background, rgb(255 255 255 / .2));
        border-radius: var(--media-range-track-border-radius, 1px);
        border: var(--media-range-track-border, none);
        outline: var(--media-range-track-outline);
        outline-offset: var(--media-range-track-outline-offset);
        backdrop-filter: var(--media-range-track-backdrop-filter);
        -webkit-backdrop-filter: var(--media-range-track-backdrop-filter);
        box-shadow: var(--media-range-track-box-shadow, none);
        position: absolute;
        width: 100%;
        height: 100%;
        overflow: hidden;
      }

      #progress,
      #pointer {
        position: absolute;
        height: 100%;
        will-change: width;
      }

      #progress {
        background: var(--media-range-bar-color, var(--media-primary-color, rgb(238 238 238)));
        transition: var(--media-range-track-transition);
      }

      #pointer {
        background: var(--media-range-track-pointer-background);
        border-right: var(--media-range-track-pointer-border-right);
        transition: visibility .25s, opacity .25s;
        visibility: hidden;
        opacity: 0;
      }

      @media (hover: hover) {
        :host(:hover) #pointer {
          transition: visibility .5s, opacity .5s;
          visibility: visible;
          opacity: 1;
        }
      }

      #thumb,
      ::slotted([slot=thumb]) {
        width: var(--media-range-thumb-width, 10px);
        height: var(--media-range-thumb-height, 10px);
        transition: var(--media-range-thumb-transition);
        transform: var(--media-range-thumb-transform, none);
        opacity: var(--media-range-thumb-opacity, 1);
        translate: -50%;
        position: absolute;
        left: 0;
        cursor: var(--media-cursor, pointer);
      }

      #thumb {
        border-radius: var(--media-range-thumb-border-radius, 10px);
        background: var(--media-range-thumb-background, var(--media-primary-color, rgb(238 238 238)));
        box-shadow: var(--media-range-thumb-box-shadow, 1px 1px 1px transparent);
        border: var(--media-range-thumb-border, none);
      }

      :host([disabled]) #thumb {
        background-color: #777;
      }

      .segments #appearance {
        height: var(--media-range-segment-hover-height, 7px);
      }

      #track {
        clip-path: url(#segments-clipping);
      }

      #segments {
        --segments-gap: var(--media-range-segments-gap, 2px);
        position: absolute;
        width: 100%;
        height: 100%;
      }

      #segments-clipping {
        transform: translateX(calc(var(--segments-gap) / 2));
      }

      #segments-clipping:empty {
        display: none;
      }

      #segments-clipping rect {
        height: var(--media-range-track-height, 4px);
        y: calc((var(--media-range-segment-hover-height, 7px) - var(--media-range-track-height, 4px)) / 2);
        transition: var(--media-range-segment-transition, transform .1s ease-in-out);
        transform: var(--media-range-segment-transform, scaleY(1));
        transform-origin: center;
      }

      /* Visible label for accessibility - positioned off-screen but technically visible (Firefox requires visible labels) */
      #range-label {
        position: absolute;
        left: -10000px;
        background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        pointer-events: none;
      }
    </style>
    <div id="leftgap"></div>
    <div id="container">
      <div id="startpoint"></div>
      <div id="endpoint"></div>
      <div id="appearance">
        <div id="track" part="track">
          <div id="pointer"></div>
          <div id="progress" part="progress"></div>
        </div>
        <slot name="thumb">
          <div id="thumb" part="thumb"></div>
        </slot>
        <svg id="segments" aria-hidden="true"><clipPath id="segments-clipping"></clipPath></svg>
      </div>
        <input id="range" type="range" min="0" max="1" step="any" value="0">
        <label for="range" id="range-label"></label>

      ${this.getContainerTemplateHTML(t)}
    </div>
    <div id="rightgap"></div>
  `}function Al(t){return""}var Ae=class extends l.HTMLElement{constructor(){if(super(),z(this,ya),z(this,ar),z(this,sr),z(this,nr),z(this,Aa),z(this,Ta),z(this,Sa),z(this,Ia),z(this,be,void 0),z(this,lr,void 0),z(this,ji,void 0),z(this,er,void 0),z(this,pe,{}),z(this,or,[]),z(this,tr,()=>{if(this.range.matches(":focus-visible")){let{style:e}=O(this.shadowRoot,":host");e.setProperty("--_focus-visible-box-shadow","var(--_focus-box-shadow)")}}),z(this,ir,()=>{let{style:e}=O(this.shadowRoot,":host");e.removeProperty("--_focus-visible-box-shadow")}),z(this,rr,()=>{let e=this.shadowRoot.querySelector("#segments-clipping");e&&e.parentNode.append(e)}),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=G(this.attributes),i=this.constructor.getTemplateHTML(e);this.shadowRoot.setHTMLUnsafe?this.shadowRoot.setHTMLUnsafe(i):this.shadowRoot.innerHTML=i}this.container=this.shadowRoot.querySelector("#container"),Be(this,ji,this.shadowRoot.querySelector("#startpoint")),Be(this,er,this.shadowRoot.querySelector("#endpoint")),this.range=this.shadowRoot.querySelector("#range"),this.appearance=this.shadowRoot.querySelector("#appearance")}static get observedAttributes(){return["disabled","aria-disabled",M.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,r){var a,s,n,d,u;e===M.MEDIA_CONTROLLER?(i&&((s=(a=P(this,be))==null?void 0:a.unassociateElement)==null||s.call(a,this),Be(this,be,null)),r&&this.isConnected&&(Be(this,be,(n=this.getRootNode())==null?void 0:n.getElementById(r)),(u=(d=P(this,be))==null?void 0:d.associateElement)==null||u.call(d,this))):(e==="disabled"||e==="aria-disabled"&&i!==r)&&(r==null?(this.range.removeAttribute(e),me(this,ar,ga).call(this)):(this.range.setAttribute(e,r),me(this,sr,ba).call(this)))}connectedCallback(){var e,i,r;let{style:a}=O(this.shadowRoot,":host");a.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`),P(this,pe).pointer=O(this.shadowRoot,"#pointer"),P(this,pe).progress=O(this.shadowRoot,"#progress"),P(this,pe).thumb=O(this.shadowRoot,'#thumb, ::slotted([slot="thumb"])'),P(this,pe).activeSegment=O(this.shadowRoot,"#segments-clipping rect:nth-child(0)");let s=this.getAttribute(M.MEDIA_CONTROLLER);s&&(Be(this,be,(e=this.getRootNode())==null?void 0:e.getElementById(s)),(r=(i=P(this,be))==null?void 0:i.associateElement)==null||r.call(i,this)),this.updateBar(),this.shadowRoot.addEventListener("focusin",P(this,tr)),this.shadowRoot.addEventListener("focusout",P(this,ir)),me(this,ar,ga).call(this),Ti(this.container,P(this,rr))}disconnectedCallback(){var e,i;me(this,sr,ba).call(this),(i=(e=P(this,be))==null?void 0:e.unassociateElement)==null||i.call(e,this),Be(this,be,null),this.shadowRoot.removeEventListener("focusin",P(this,tr)),this.shadowRoot.removeEventListener("focusout",P(this,ir)),Si(this.container,P(this,rr))}updatePointerBar(e){var i;(i=P(this,pe).pointer)==null||i.style.setProperty("width",`${this.getPointerRatio(e)*100}%`)}updateBar(){var e,i;let r=this.range.valueAsNumber*100;(e=P(this,pe).progress)==null||e.style.setProperty("width",`${r}%`),(i=P(this,pe).thumb)==null||i.style.setProperty("left",`${r}%`)}updateSegments(e){let i=this.shadowRoot.querySelector("#segments-clipping");if(i.textContent="",this.container.classList.toggle("segments",!!e?.length),!e?.length)return;let r=[...new Set([+this.range.min,...e.flatMap(s=>[s.start,s.end]),+this.range.max])];Be(this,or,[...r]);let a=r.pop();for(let[s,n]of r.entries()){let[d,u]=[s===0,s===r.length-1],S=d?"calc(var(--segments-gap) / -1)":`${n*100}%`,b=`calc(${((u?a:r[s+1])-n)*100}%${d||u?"":" - var(--segments-gap)"})`,v=B.createElementNS("http://www.w3.org/2000/svg","rect"),m=Br(this.shadowRoot,`#segments-clipping rect:nth-child(${s+1})`);m.style.setProperty("x",S),m.style.setProperty("width",b),i.append(v)}}getPointerRatio(e){return ws(e.clientX,e.clientY,P(this,ji).getBoundingClientRect(),P(this,er).getBoundingClientRect())}get dragging(){return this.hasAttribute("dragging")}handleEvent(e){switch(e.type){case"pointermove":me(this,Ia,Mo).call(this,e);break;case"input":this.updateBar();break;case"pointerenter":me(this,Aa,ko).call(this,e);break;case"pointerdown":me(this,nr,wa).call(this,e);break;case"pointerup":me(this,Ta,yo).call(this);break;case"pointerleave":me(this,Sa,wo).call(this);break}}get keysUsed(){return["ArrowUp","ArrowRight","ArrowDown","ArrowLeft"]}};be=new WeakMap;lr=new WeakMap;ji=new WeakMap;er=new WeakMap;pe=new WeakMap;or=new WeakMap;tr=new WeakMap;ir=new WeakMap;rr=new WeakMap;ya=new WeakSet;Io=function(t){let e=P(this,pe).activeSegment;if(!e)return;let i=this.getPointerRatio(t),a=`#segments-clipping rect:nth-child(${P(this,or).findIndex((s,n,d)=>{let u=d[n+1];return u!=null&&i>=s&&i<=u})+1})`;(e.selectorText!=a||!e.style.transform)&&(e.selectorText=a,e.style.setProperty("transform","var(--media-range-segment-hover-transform, scaleY(2))"))};ar=new WeakSet;ga=function(){this.hasAttribute("disabled")||!this.isConnected||(this.addEventListener("input",this),this.addEventListener("pointerdown",this),this.addEventListener("pointerenter",this))};sr=new WeakSet;ba=function(){var t,e;this.removeEventListener("input",this),this.removeEventListener("pointerdown",this),this.removeEventListener("pointerenter",this),this.removeEventListener("pointerleave",this),(t=l.window)==null||t.removeEventListener("pointerup",this),(e=l.window)==null||e.removeEventListener("pointermove",this)};nr=new WeakSet;wa=function(t){var e;Be(this,lr,t.composedPath().includes(this.range)),(e=l.window)==null||e.addEventListener("pointerup",this,{once:!0})};Aa=new WeakSet;ko=function(t){var e;t.pointerType!=="mouse"&&me(this,nr,wa).call(this,t),this.addEventListener("pointerleave",this,{once:!0}),(e=l.window)==null||e.addEventListener("pointermove",this)};Ta=new WeakSet;yo=function(){var t;(t=l.window)==null||t.removeEventListener("pointerup",this),this.toggleAttribute("dragging",!1),this.range.disabled=this.hasAttribute("disabled")};Sa=new WeakSet;wo=function(){var t,e;this.removeEventListener("pointerleave",this),(t=l.window)==null||t.removeEventListener("pointermove",this),this.toggleAttribute("dragging",!1),this.range.disabled=this.hasAttribute("disabled"),(e=P(this,pe).activeSegment)==null||e.style.removeProperty("transform")};Ia=new WeakSet;Mo=function(t){t.pointerType==="pen"&&t.buttons===0||(this.toggleAttribute("dragging",t.buttons===1||t.pointerType!=="mouse"),this.updatePointerBar(t),me(this,ya,Io).call(this,t),this.dragging&&(t.pointerType!=="mouse"||!P(this,lr))&&(this.range.disabled=!0,this.range.valueAsNumber=this.getPointerRatio(t),this.range.dispatchEvent(new Event("input",{bubbles:!0,composed:!0}))))};Ae.shadowRootOptions={mode:"open"};Ae.getTemplateHTML=bl;Ae.getContainerTemplateHTML=Al;l.customElements.get("media-chrome-range")||l.customElements.define("media-chrome-range",Ae);var Tl=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Lo=(t,e,i)=>(Tl(t,e,"read from private field"),i?i.call(t):e.get(t)),Sl=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},dr,Il=1,kl=t=>t.mediaMuted?0:t.mediaVolume,yl=t=>`${Math.round(t*100)}%`,Ma=class extends Ae{constructor(){super(...arguments),Sl(this,dr,()=>{let e=this.range.value,i=new l.CustomEvent(h.MEDIA_VOLUME_REQUEST,{composed:!0,bubbles:!0,detail:e});this.dispatchEvent(i)})}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_VOLUME,o.MEDIA_MUTED,o.MEDIA_VOLUME_UNAVAILABLE]}connectedCallback(){super.connectedCallback(),this.range.setAttribute("aria-label",_("volume")),this.range.addEventListener("input",Lo(this,dr))}disconnectedCallback(){this.range.removeEventListener("input",Lo(this,dr)),super.disconnectedCallback()}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),(e===o.MEDIA_VOLUME||e===o.MEDIA_MUTED)&&(this.range.valueAsNumber=kl(this),this.range.setAttribute("aria-valuetext",yl(this.range.valueAsNumber)),this.updateBar())}get mediaVolume(){return C(this,o.MEDIA_VOLUME,Il)}set mediaVolume(e){N(this,o.MEDIA_VOLUME,e)}get mediaMuted(){return I(this,o.MEDIA_MUTED)}set mediaMuted(e){k(this,o.MEDIA_MUTED,e)}get mediaVolumeUnavailable(){return D(this,o.MEDIA_VOLUME_UNAVAILABLE)}set mediaVolumeUnavailable(e){L(this,o.MEDIA_VOLUME_UNAVAILABLE,e)}};dr=new WeakMap;l.customElements.get("media-volume-range")||l.customElements.define("media-volume-range",Ma);var Ro=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},ur=(t,e,i)=>(Ro(t,e,"read from private field"),i?i.call(t):e.get(t)),wl=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},cr=(t,e,i,r)=>(Ro(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Te;function Ml(t){return`
    <style>
      :host {
        box-sizing: border-box;
        display: var(--media-control-display, var(--media-preview-thumbnail-display, inline-block));
        overflow: hidden;
      }

      img {
        display: none;
        position: relative;
      }
    </style>
    <img crossorigin loading="eager" decoding="async">
  `}var Rt=class extends l.HTMLElement{constructor(){if(super(),wl(this,Te,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=G(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[M.MEDIA_CONTROLLER,o.MEDIA_PREVIEW_IMAGE,o.MEDIA_PREVIEW_COORDS]}connectedCallback(){var e,i,r;let a=this.getAttribute(M.MEDIA_CONTROLLER);a&&(cr(this,Te,(e=this.getRootNode())==null?void 0:e.getElementById(a)),(r=(i=ur(this,Te))==null?void 0:i.associateElement)==null||r.call(i,this))}disconnectedCallback(){var e,i;(i=(e=ur(this,Te))==null?void 0:e.unassociateElement)==null||i.call(e,this),cr(this,Te,null)}attributeChangedCallback(e,i,r){var a,s,n,d,u;[o.MEDIA_PREVIEW_IMAGE,o.MEDIA_PREVIEW_COORDS].includes(e)&&this.update(),e===M.MEDIA_CONTROLLER&&(i&&((s=(a=ur(this,Te))==null?void 0:a.unassociateElement)==null||s.call(a,this),cr(this,Te,null)),r&&this.isConnected&&(cr(this,Te,(n=this.getRootNode())==null?void 0:n.getElementById(r)),(u=(d=ur(this,Te))==null?void 0:d.associateElement)==null||u.call(d,this)))}get mediaPreviewImage(){return D(this,o.MEDIA_PREVIEW_IMAGE)}set mediaPreviewImage(e){L(this,o.MEDIA_PREVIEW_IMAGE,e)}get mediaPreviewCoords(){let e=this.getAttribute(o.MEDIA_PREVIEW_COORDS);if(e)return e.split(/\s+/).map(i=>+i)}set mediaPreviewCoords(e){if(!e){this.removeAttribute(o.MEDIA_PREVIEW_COORDS);return}this.setAttribute(o.MEDIA_PREVIEW_COORDS,e.join(" "))}update(){let e=this.mediaPreviewCoords,i=this.mediaPreviewImage;if(!(e&&i))return;let[r,a,s,n]=e,d=i.split("#")[0],u=getComputedStyle(this),{maxWidth:S,maxHeight:T,minWidth:b,minHeight:v}=u,m=u.getPropertyValue("--media-preview-thumbnail-object-fit").trim()||"contain",g,E;if(m==="fill"){let ye=parseInt(S)/s,we=parseInt(T)/n,Bt=parseInt(b)/s,Ke=parseInt(v)/n;g=ye<1?ye:Math.max(ye,Bt),E=we<1?we:Math.max(we,Ke)}else{let ye=Math.min(parseInt(S)/s,parseInt(T)/n),we=Math.max(parseInt(b)/s,parseInt(v)/n),Ke=ye<1?ye:we>1?we:1;g=Ke,E=Ke}let{style:y}=O(this.shadowRoot,":host"),A=O(this.shadowRoot,"img").style,X=this.shadowRoot.querySelector("img"),Ht=Math.min(g,E)<1?"min":"max";y.setProperty(`${Ht}-width`,"initial","important"),y.setProperty(`${Ht}-height`,"initial","important"),y.width=`${s*g}px`,y.height=`${n*E}px`;let ot=()=>{A.width=`${this.imgWidth*g}px`,A.height=`${this.imgHeight*E}px`,A.display="block"};X.src!==d&&(X.onload=()=>{this.imgWidth=X.naturalWidth,this.imgHeight=X.naturalHeight,ot(),X.onload=null},X.src=d,ot()),ot(),A.transform=`translate(-${r*g}px, -${a*E}px)`}};Te=new WeakMap;Rt.shadowRootOptions={mode:"open"};Rt.getTemplateHTML=Ml;l.customElements.get("media-preview-thumbnail")||l.customElements.define("media-preview-thumbnail",Rt);var La=Rt;var Do=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},hr=(t,e,i)=>(Do(t,e,"read from private field"),i?i.call(t):e.get(t)),Ll=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},mr=(t,e,i,r)=>(Do(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Se;function Rl(t,e={}){return`
    <style>
      :host {
        font: var(--media-font,
          var(--media-font-weight, normal)
          var(--media-font-size, 14px) /
          var(--media-text-content-height, var(--media-control-height, 24px))
          var(--media-font-family, helvetica neue, segoe ui, roboto, arial, sans-serif));
        color: var(--media-text-color, var(--media-primary-color, rgb(238 238 238)));
        background: var(--media-text-background, var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7))));
        padding: var(--media-control-padding, 10px);
        display: inline-flex;
        justify-content: center;
        align-items: center;
        vertical-align: middle;
        box-sizing: border-box;
        text-align: center;
        pointer-events: auto;
      }

      
      :host(:focus-visible) {
        box-shadow: var(--media-focus-box-shadow, inset 0 0 0 2px rgb(27 127 204 / .9));
        outline: 0;
      }

      
      :host(:where(:focus)) {
        box-shadow: none;
        outline: 0;
      }
    </style>

    ${this.getSlotTemplateHTML(t,e)}
  `}function Dl(t,e){return`
    <slot></slot>
  `}var se=class extends l.HTMLElement{constructor(){if(super(),Ll(this,Se,void 0),!this.shadowRoot){this.attachShadow(this.constructor.shadowRootOptions);let e=G(this.attributes);this.shadowRoot.innerHTML=this.constructor.getTemplateHTML(e)}}static get observedAttributes(){return[M.MEDIA_CONTROLLER]}attributeChangedCallback(e,i,r){var a,s,n,d,u;e===M.MEDIA_CONTROLLER&&(i&&((s=(a=hr(this,Se))==null?void 0:a.unassociateElement)==null||s.call(a,this),mr(this,Se,null)),r&&this.isConnected&&(mr(this,Se,(n=this.getRootNode())==null?void 0:n.getElementById(r)),(u=(d=hr(this,Se))==null?void 0:d.associateElement)==null||u.call(d,this)))}connectedCallback(){var e,i,r;let{style:a}=O(this.shadowRoot,":host");a.setProperty("display",`var(--media-control-display, var(--${this.localName}-display, inline-flex))`);let s=this.getAttribute(M.MEDIA_CONTROLLER);s&&(mr(this,Se,(e=this.getRootNode())==null?void 0:e.getElementById(s)),(r=(i=hr(this,Se))==null?void 0:i.associateElement)==null||r.call(i,this))}disconnectedCallback(){var e,i;(i=(e=hr(this,Se))==null?void 0:e.unassociateElement)==null||i.call(e,this),mr(this,Se,null)}};Se=new WeakMap;se.shadowRootOptions={mode:"open"};se.getTemplateHTML=Rl;se.getSlotTemplateHTML=Dl;l.customElements.get("media-text-display")||l.customElements.define("media-text-display",se);var Co=[{singular:"hour",plural:"hours"},{singular:"minute",plural:"minutes"},{singular:"second",plural:"seconds"}],Oo=(t,e)=>{let i=t===1?_(Co[e].singular):_(Co[e].plural);return`${t} ${i}`},it=t=>{if(!At(t))return"";let e=Math.abs(t),i=e!==t,r=new Date(0,0,0,0,0,e,0),s=[r.getHours(),r.getMinutes(),r.getSeconds()].map((n,d)=>n&&Oo(n,d)).filter(n=>n).join(", ");return i?_("{time} remaining",{time:s}):e===0?Oo(0,2):s};function rt(t,e){let i=!1;t<0&&(i=!0,t=0-t),t=t<0?0:t;let r=Math.floor(t%60),a=Math.floor(t/60%60),s=Math.floor(t/3600),n=Math.floor(e/60%60),d=Math.floor(e/3600);return(isNaN(t)||t===1/0)&&(s=a=r="0"),s=s>0||d>0?s+":":"",a=((s||n>=10)&&a<10?"0"+a:a)+":",r=r<10?"0"+r:r,(i?"-":"")+s+a+r}var yc=Object.freeze({length:0,start(t){let e=t>>>0;if(e>=this.length)throw new DOMException(`Failed to execute 'start' on 'TimeRanges': The index provided (${e}) is greater than or equal to the maximum bound (${this.length}).`);return 0},end(t){let e=t>>>0;if(e>=this.length)throw new DOMException(`Failed to execute 'end' on 'TimeRanges': The index provided (${e}) is greater than or equal to the maximum bound (${this.length}).`);return 0}});var xo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Uo=(t,e,i)=>(xo(t,e,"read from private field"),i?i.call(t):e.get(t)),Cl=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Ol=(t,e,i,r)=>(xo(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),oi,Ra=class extends se{constructor(){super(),Cl(this,oi,void 0),Ol(this,oi,this.shadowRoot.querySelector("slot")),Uo(this,oi).textContent=rt(0)}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PREVIEW_TIME]}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_PREVIEW_TIME&&r!=null&&(Uo(this,oi).textContent=rt(parseFloat(r)))}get mediaPreviewTime(){return C(this,o.MEDIA_PREVIEW_TIME)}set mediaPreviewTime(e){N(this,o.MEDIA_PREVIEW_TIME,e)}};oi=new WeakMap;l.customElements.get("media-preview-time-display")||l.customElements.define("media-preview-time-display",Ra);var Po=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Ul=(t,e,i)=>(Po(t,e,"read from private field"),i?i.call(t):e.get(t)),xl=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Pl=(t,e,i,r)=>(Po(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),pr,Da=class extends se{constructor(){super(),xl(this,pr,void 0),Pl(this,pr,this.shadowRoot.querySelector("slot"))}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PREVIEW_CHAPTER,o.MEDIA_LANG]}attributeChangedCallback(e,i,r){if(super.attributeChangedCallback(e,i,r),(e===o.MEDIA_PREVIEW_CHAPTER||e===o.MEDIA_LANG)&&r!==i&&r!=null)if(Ul(this,pr).textContent=r,r!==""){let a=_("chapter: {chapterName}",{chapterName:r});this.setAttribute("aria-valuetext",a)}else this.removeAttribute("aria-valuetext")}get mediaPreviewChapter(){return D(this,o.MEDIA_PREVIEW_CHAPTER)}set mediaPreviewChapter(e){L(this,o.MEDIA_PREVIEW_CHAPTER,e)}};pr=new WeakMap;l.customElements.get("media-preview-chapter-display")||l.customElements.define("media-preview-chapter-display",Da);var No=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Q=(t,e,i)=>(No(t,e,"read from private field"),i?i.call(t):e.get(t)),Ie=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},ae=(t,e,i,r)=>(No(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Nl=(t,e,i,r)=>({set _(a){ae(t,e,a,i)},get _(){return Q(t,e,r)}}),Dt,Er,Ct,ni,vr,fr,_r,Ot,at,gr,br=class{constructor(e,i,r){Ie(this,Dt,void 0),Ie(this,Er,void 0),Ie(this,Ct,void 0),Ie(this,ni,void 0),Ie(this,vr,void 0),Ie(this,fr,void 0),Ie(this,_r,void 0),Ie(this,Ot,void 0),Ie(this,at,0),Ie(this,gr,(a=performance.now())=>{ae(this,at,requestAnimationFrame(Q(this,gr))),ae(this,ni,performance.now()-Q(this,Ct));let s=1e3/this.fps;if(Q(this,ni)>s){ae(this,Ct,a-Q(this,ni)%s);let n=1e3/((a-Q(this,Er))/++Nl(this,vr)._),d=(a-Q(this,fr))/1e3/this.duration,u=Q(this,_r)+d*this.playbackRate;u-Q(this,Dt).valueAsNumber>0?ae(this,Ot,this.playbackRate/this.duration/n):(ae(this,Ot,.995*Q(this,Ot)),u=Q(this,Dt).valueAsNumber+Q(this,Ot)),this.callback(u)}}),ae(this,Dt,e),this.callback=i,this.fps=r}start(){Q(this,at)===0&&(ae(this,Ct,performance.now()),ae(this,Er,Q(this,Ct)),ae(this,vr,0),Q(this,gr).call(this))}stop(){Q(this,at)!==0&&(cancelAnimationFrame(Q(this,at)),ae(this,at,0))}update({start:e,duration:i,playbackRate:r}){let a=e-Q(this,Dt).valueAsNumber,s=Math.abs(i-this.duration);(a>0||a<-.5/i||s>=.5)&&this.callback(e),ae(this,_r,e),ae(this,fr,performance.now()),this.duration=i,this.playbackRate=r}};Dt=new WeakMap;Er=new WeakMap;Ct=new WeakMap;ni=new WeakMap;vr=new WeakMap;fr=new WeakMap;_r=new WeakMap;Ot=new WeakMap;at=new WeakMap;gr=new WeakMap;var Pa=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},U=(t,e,i)=>(Pa(t,e,"read from private field"),i?i.call(t):e.get(t)),V=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},oe=(t,e,i,r)=>(Pa(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),ne=(t,e,i)=>(Pa(t,e,"access private method"),i),Ut,We,Sr,di,Ir,Tr,ui,ci,xt,Pt,li,Ca,Fo,Oa,kr,Na,yr,Fa,wr,Ha,Ua,Ho,hi,Mr,xa,Bo,Fl=t=>{let e=t.range,i=it(+Wo(t)),r=it(+t.mediaSeekableEnd),a=i&&r?_("{currentTime} of {totalTime}",{currentTime:i,totalTime:r}):_("video not loaded, unknown time.");e.setAttribute("aria-valuetext",a)};function Hl(t){return`
    <style>
      :host {
        --media-box-border-radius: 4px;
        --media-box-padding-left: 10px;
        --media-box-padding-right: 10px;
        --media-preview-border-radius: var(--media-box-border-radius);
        --media-box-arrow-offset: var(--media-box-border-radius);
        --_control-background: var(--media-control-background, var(--media-secondary-color, rgb(20 20 30 / .7)));
        --_preview-background: var(--media-preview-background, var(--_control-background));

        
        contain: layout;
      }

      #buffered {
        background: var(--media-time-range-buffered-color, rgb(255 255 255 / .4));
        position: absolute;
        height: 100%;
        will-change: width;
      }

      #preview-rail,
      #current-rail {
        width: 100%;
        position: absolute;
        left: 0;
        bottom: 100%;
        pointer-events: none;
        will-change: transform;
      }

      [part~="box"] {
        width: min-content;
        
        position: absolute;
        bottom: 100%;
        flex-direction: column;
        align-items: center;
        transform: translateX(-50%);
      }

      [part~="current-box"] {
        display: var(--media-current-box-display, var(--media-box-display, flex));
        margin: var(--media-current-box-margin, var(--media-box-margin, 0 0 5px));
        visibility: hidden;
      }

      [part~="preview-box"] {
        display: var(--media-preview-box-display, var(--media-box-display, flex));
        margin: var(--media-preview-box-margin, var(--media-box-margin, 0 0 5px));
        transition-property: var(--media-preview-transition-property, visibility, opacity);
        transition-duration: var(--media-preview-transition-duration-out, .25s);
        transition-delay: var(--media-preview-transition-delay-out, 0s);
        visibility: hidden;
        opacity: 0;
      }

      :host(:is([${o.MEDIA_PREVIEW_IMAGE}], [${o.MEDIA_PREVIEW_TIME}])[dragging]) [part~="preview-box"] {
        transition-duration: var(--media-preview-transition-duration-in, .5s);
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        visibility: visible;
        opacity: 1;
      }

      @media (hover: hover) {
        :host(:is([${o.MEDIA_PREVIEW_IMAGE}], [${o.MEDIA_PREVIEW_TIME}]):hover) [part~="preview-box"] {
          transition-duration: var(--media-preview-transition-duration-in, .5s);
          transition-delay: var(--media-preview-transition-delay-in, .25s);
          visibility: visible;
          opacity: 1;
        }
      }

      media-preview-thumbnail,
      ::slotted(media-preview-thumbnail) {
        visibility: hidden;
        
        transition: visibility 0s .25s;
        transition-delay: calc(var(--media-preview-transition-delay-out, 0s) + var(--media-preview-transition-duration-out, .25s));
        background: var(--media-preview-thumbnail-background, var(--_preview-background));
        box-shadow: var(--media-preview-thumbnail-box-shadow, 0 0 4px rgb(0 0 0 / .2));
        max-width: var(--media-preview-thumbnail-max-width, 180px);
        max-height: var(--media-preview-thumbnail-max-height, 160px);
        min-width: var(--media-preview-thumbnail-min-width, 120px);
        min-height: var(--media-preview-thumbnail-min-height, 80px);
        border: var(--media-preview-thumbnail-border);
        border-radius: var(--media-preview-thumbnail-border-radius,
          var(--media-preview-border-radius) var(--media-preview-border-radius) 0 0);
      }

      :host([${o.MEDIA_PREVIEW_IMAGE}][dragging]) media-preview-thumbnail,
      :host([${o.MEDIA_PREVIEW_IMAGE}][dragging]) ::slotted(media-preview-thumbnail) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        visibility: visible;
      }

      @media (hover: hover) {
        :host([${o.MEDIA_PREVIEW_IMAGE}]:hover) media-preview-thumbnail,
        :host([${o.MEDIA_PREVIEW_IMAGE}]:hover) ::slotted(media-preview-thumbnail) {
          transition-delay: var(--media-preview-transition-delay-in, .25s);
          visibility: visible;
        }

        :host([${o.MEDIA_PREVIEW_TIME}]:hover) {
          --media-time-range-hover-display: block;
        }
      }

      media-preview-chapter-display,
      ::slotted(media-preview-chapter-display) {
        font-size: var(--media-font-size, 13px);
        line-height: 17px;
        min-width: 0;
        visibility: hidden;
        
        transition: min-width 0s, border-radius 0s, margin 0s, padding 0s, visibility 0s;
        transition-delay: calc(var(--media-preview-transition-delay-out, 0s) + var(--media-preview-transition-duration-out, .25s));
        background: var(--media-preview-chapter-background, var(--_preview-background));
        border-radius: var(--media-preview-chapter-border-radius,
          var(--media-preview-border-radius) var(--media-preview-border-radius)
          var(--media-preview-border-radius) var(--media-preview-border-radius));
        padding: var(--media-preview-chapter-padding, 3.5px 9px);
        margin: var(--media-preview-chapter-margin, 0 0 5px);
        text-shadow: var(--media-preview-chapter-text-shadow, 0 0 4px rgb(0 0 0 / .75));
      }

      :host([${o.MEDIA_PREVIEW_IMAGE}]) media-preview-chapter-display,
      :host([${o.MEDIA_PREVIEW_IMAGE}]) ::slotted(media-preview-chapter-display) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        border-radius: var(--media-preview-chapter-border-radius, 0);
        padding: var(--media-preview-chapter-padding, 3.5px 9px 0);
        margin: var(--media-preview-chapter-margin, 0);
        min-width: 100%;
      }

      media-preview-chapter-display[${o.MEDIA_PREVIEW_CHAPTER}],
      ::slotted(media-preview-chapter-display[${o.MEDIA_PREVIEW_CHAPTER}]) {
        visibility: visible;
      }

      media-preview-chapter-display:not([aria-valuetext]),
      ::slotted(media-preview-chapter-display:not([aria-valuetext])) {
        display: none;
      }

      media-preview-time-display,
      ::slotted(media-preview-time-display),
      media-time-display,
      ::slotted(media-time-display) {
        font-size: var(--media-font-size, 13px);
        line-height: 17px;
        min-width: 0;
        
        transition: min-width 0s, border-radius 0s;
        transition-delay: calc(var(--media-preview-transition-delay-out, 0s) + var(--media-preview-transition-duration-out, .25s));
        background: var(--media-preview-time-background, var(--_preview-background));
        border-radius: var(--media-preview-time-border-radius,
          var(--media-preview-border-radius) var(--media-preview-border-radius)
          var(--media-preview-border-radius) var(--media-preview-border-radius));
        padding: var(--media-preview-time-padding, 3.5px 9px);
        margin: var(--media-preview-time-margin, 0);
        text-shadow: var(--media-preview-time-text-shadow, 0 0 4px rgb(0 0 0 / .75));
        transform: translateX(min(
          max(calc(50% - var(--_box-width) / 2),
          calc(var(--_box-shift, 0))),
          calc(var(--_box-width) / 2 - 50%)
        ));
      }

      :host([${o.MEDIA_PREVIEW_IMAGE}]) media-preview-time-display,
      :host([${o.MEDIA_PREVIEW_IMAGE}]) ::slotted(media-preview-time-display) {
        transition-delay: var(--media-preview-transition-delay-in, .25s);
        border-radius: var(--media-preview-time-border-radius,
          0 0 var(--media-preview-border-radius) var(--media-preview-border-radius));
        min-width: 100%;
      }

      :host([${o.MEDIA_PREVIEW_TIME}]:hover) {
        --media-time-range-hover-display: block;
      }

      [part~="arrow"],
      ::slotted([part~="arrow"]) {
        display: var(--media-box-arrow-display, inline-block);
        transform: translateX(min(
          max(calc(50% - var(--_box-width) / 2 + var(--media-box-arrow-offset)),
          calc(var(--_box-shift, 0))),
          calc(var(--_box-width) / 2 - 50% - var(--media-box-arrow-offset))
        ));
        
        border-color: transparent;
        border-top-color: var(--media-box-arrow-background, var(--_control-background));
        border-width: var(--media-box-arrow-border-width,
          var(--media-box-arrow-height, 5px) var(--media-box-arrow-width, 6px) 0);
        border-style: solid;
        justify-content: center;
        height: 0;
      }
    </style>
    <div id="preview-rail">
      <slot name="preview" part="box preview-box">
        <media-preview-thumbnail>
          <template shadowrootmode="${La.shadowRootOptions.mode}">
            ${La.getTemplateHTML({})}
          </template>
        </media-preview-thumbnail>
        <media-preview-chapter-display></media-preview-chapter-display>
        <media-preview-time-display></media-preview-time-display>
        <slot name="preview-arrow"><div part="arrow"></div></slot>
      </slot>
    </div>
    <div id="current-rail">
      <slot name="current" part="box current-box">
        
      </slot>
    </div>
  `}var Ar=(t,e=t.mediaCurrentTime)=>{let i=Number.isFinite(t.mediaSeekableStart)?t.mediaSeekableStart:0,r=Number.isFinite(t.mediaDuration)?t.mediaDuration:t.mediaSeekableEnd;if(Number.isNaN(r))return 0;let a=(e-i)/(r-i);return Math.max(0,Math.min(a,1))},Wo=(t,e=t.range.valueAsNumber)=>{let i=Number.isFinite(t.mediaSeekableStart)?t.mediaSeekableStart:0,r=Number.isFinite(t.mediaDuration)?t.mediaDuration:t.mediaSeekableEnd;return Number.isNaN(r)?0:e*(r-i)+i},mi=class extends Ae{constructor(){super(),V(this,Ca),V(this,kr),V(this,yr),V(this,wr),V(this,Ua),V(this,hi),V(this,xa),V(this,Ut,null),V(this,We,void 0),V(this,Sr,void 0),V(this,di,void 0),V(this,Ir,void 0),V(this,Tr,void 0),V(this,ui,void 0),V(this,ci,void 0),V(this,xt,void 0),V(this,Pt,void 0),V(this,li,()=>{ne(this,Ca,Fo).call(this)?U(this,We).start():U(this,We).stop()}),V(this,Oa,r=>{this.dragging||(At(r)&&(this.range.valueAsNumber=r),U(this,Pt)||this.updateBar())}),this.shadowRoot.querySelector("#track").insertAdjacentHTML("afterbegin",'<div id="buffered" part="buffered"></div>'),oe(this,Sr,this.shadowRoot.querySelectorAll('[part~="box"]')),oe(this,Ir,this.shadowRoot.querySelector('[part~="preview-box"]')),oe(this,Tr,this.shadowRoot.querySelector('[part~="current-box"]'));let i=getComputedStyle(this);oe(this,ui,parseInt(i.getPropertyValue("--media-box-padding-left"))),oe(this,ci,parseInt(i.getPropertyValue("--media-box-padding-right"))),oe(this,We,new br(this.range,U(this,Oa),60))}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_PAUSED,o.MEDIA_DURATION,o.MEDIA_SEEKABLE,o.MEDIA_CURRENT_TIME,o.MEDIA_PREVIEW_IMAGE,o.MEDIA_PREVIEW_TIME,o.MEDIA_PREVIEW_CHAPTER,o.MEDIA_BUFFERED,o.MEDIA_PLAYBACK_RATE,o.MEDIA_LOADING,o.MEDIA_ENDED]}connectedCallback(){var e;super.connectedCallback(),this.range.setAttribute("aria-label",_("seek")),U(this,li).call(this),oe(this,Ut,this.getRootNode()),(e=U(this,Ut))==null||e.addEventListener("transitionstart",this)}disconnectedCallback(){var e;super.disconnectedCallback(),U(this,We).stop(),(e=U(this,Ut))==null||e.removeEventListener("transitionstart",this),oe(this,Ut,null)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),i!=r&&(e===o.MEDIA_CURRENT_TIME||e===o.MEDIA_PAUSED||e===o.MEDIA_ENDED||e===o.MEDIA_LOADING||e===o.MEDIA_DURATION||e===o.MEDIA_SEEKABLE?(U(this,We).update({start:Ar(this),duration:this.mediaSeekableEnd-this.mediaSeekableStart,playbackRate:this.mediaPlaybackRate}),U(this,li).call(this),Fl(this)):e===o.MEDIA_BUFFERED&&this.updateBufferedBar(),(e===o.MEDIA_DURATION||e===o.MEDIA_SEEKABLE)&&(this.mediaChaptersCues=U(this,xt),this.updateBar()))}get mediaChaptersCues(){return U(this,xt)}set mediaChaptersCues(e){var i;oe(this,xt,e),this.updateSegments((i=U(this,xt))==null?void 0:i.map(r=>({start:Ar(this,r.startTime),end:Ar(this,r.endTime)})))}get mediaPaused(){return I(this,o.MEDIA_PAUSED)}set mediaPaused(e){k(this,o.MEDIA_PAUSED,e)}get mediaLoading(){return I(this,o.MEDIA_LOADING)}set mediaLoading(e){k(this,o.MEDIA_LOADING,e)}get mediaDuration(){return C(this,o.MEDIA_DURATION)}set mediaDuration(e){N(this,o.MEDIA_DURATION,e)}get mediaCurrentTime(){return C(this,o.MEDIA_CURRENT_TIME)}set mediaCurrentTime(e){N(this,o.MEDIA_CURRENT_TIME,e)}get mediaPlaybackRate(){return C(this,o.MEDIA_PLAYBACK_RATE,1)}set mediaPlaybackRate(e){N(this,o.MEDIA_PLAYBACK_RATE,e)}get mediaBuffered(){let e=this.getAttribute(o.MEDIA_BUFFERED);return e?e.split(" ").map(i=>i.split(":").map(r=>+r)):[]}set mediaBuffered(e){if(!e){this.removeAttribute(o.MEDIA_BUFFERED);return}let i=e.map(r=>r.join(":")).join(" ");this.setAttribute(o.MEDIA_BUFFERED,i)}get mediaSeekable(){let e=this.getAttribute(o.MEDIA_SEEKABLE);if(e)return e.split(":").map(i=>+i)}set mediaSeekable(e){if(e==null){this.removeAttribute(o.MEDIA_SEEKABLE);return}this.setAttribute(o.MEDIA_SEEKABLE,e.join(":"))}get mediaSeekableEnd(){var e;let[,i=this.mediaDuration]=(e=this.mediaSeekable)!=null?e:[];return i}get mediaSeekableStart(){var e;let[i=0]=(e=this.mediaSeekable)!=null?e:[];return i}get mediaPreviewImage(){return D(this,o.MEDIA_PREVIEW_IMAGE)}set mediaPreviewImage(e){L(this,o.MEDIA_PREVIEW_IMAGE,e)}get mediaPreviewTime(){return C(this,o.MEDIA_PREVIEW_TIME)}set mediaPreviewTime(e){N(this,o.MEDIA_PREVIEW_TIME,e)}get mediaEnded(){return I(this,o.MEDIA_ENDED)}set mediaEnded(e){k(this,o.MEDIA_ENDED,e)}updateBar(){super.updateBar(),this.updateBufferedBar(),this.updateCurrentBox()}updateBufferedBar(){var e;let i=this.mediaBuffered;if(!i.length)return;let r;if(this.mediaEnded)r=1;else{let s=this.mediaCurrentTime,[,n=this.mediaSeekableStart]=(e=i.find(([d,u])=>d<=s&&s<=u))!=null?e:[];r=Ar(this,n)}let{style:a}=O(this.shadowRoot,"#buffered");a.setProperty("width",`${r*100}%`)}updateCurrentBox(){if(!this.shadowRoot.querySelector('slot[name="current"]').assignedElements().length)return;let i=O(this.shadowRoot,"#current-rail"),r=O(this.shadowRoot,'[part~="current-box"]'),a=ne(this,kr,Na).call(this,U(this,Tr)),s=ne(this,yr,Fa).call(this,a,this.range.valueAsNumber),n=ne(this,wr,Ha).call(this,a,this.range.valueAsNumber);i.style.transform=`translateX(${s})`,i.style.setProperty("--_range-width",`${a.range.width}`),r.style.setProperty("--_box-shift",`${n}`),r.style.setProperty("--_box-width",`${a.box.width}px`),r.style.setProperty("visibility","initial")}handleEvent(e){switch(super.handleEvent(e),e.type){case"input":ne(this,xa,Bo).call(this);break;case"pointermove":ne(this,Ua,Ho).call(this,e);break;case"pointerup":U(this,Pt)&&oe(this,Pt,!1);break;case"pointerdown":oe(this,Pt,!0);break;case"pointerleave":ne(this,hi,Mr).call(this,null);break;case"transitionstart":ve(e.target,this)&&setTimeout(()=>U(this,li).call(this),0);break}}};Ut=new WeakMap;We=new WeakMap;Sr=new WeakMap;di=new WeakMap;Ir=new WeakMap;Tr=new WeakMap;ui=new WeakMap;ci=new WeakMap;xt=new WeakMap;Pt=new WeakMap;li=new WeakMap;Ca=new WeakSet;Fo=function(){return this.isConnected&&!this.mediaPaused&&!this.mediaLoading&&!this.mediaEnded&&this.mediaSeekableEnd>0&&yi(this)};Oa=new WeakMap;kr=new WeakSet;Na=function(t){var e;let r=((e=this.getAttribute("bounds")?Ce(this,`#${this.getAttribute("bounds")}`):this.parentElement)!=null?e:this).getBoundingClientRect(),a=this.range.getBoundingClientRect(),s=t.offsetWidth,n=-(a.left-r.left-s/2),d=r.right-a.left-s/2;return{box:{width:s,min:n,max:d},bounds:r,range:a}};yr=new WeakSet;Fa=function(t,e){let i=`${e*100}%`,{width:r,min:a,max:s}=t.box;if(!r)return i;if(Number.isNaN(a)||(i=`max(${`calc(1 / var(--_range-width) * 100 * ${a}% + var(--media-box-padding-left))`}, ${i})`),!Number.isNaN(s)){let d=`calc(1 / var(--_range-width) * 100 * ${s}% - var(--media-box-padding-right))`;i=`min(${i}, ${d})`}return i};wr=new WeakSet;Ha=function(t,e){let{width:i,min:r,max:a}=t.box,s=e*t.range.width;if(s<r+U(this,ui)){let n=t.range.left-t.bounds.left-U(this,ui);return`${s-i/2+n}px`}if(s>a-U(this,ci)){let n=t.bounds.right-t.range.right-U(this,ci);return`${s+i/2-n-t.range.width}px`}return 0};Ua=new WeakSet;Ho=function(t){let e=[...U(this,Sr)].some(T=>t.composedPath().includes(T));if(!this.dragging&&(e||!t.composedPath().includes(this))){ne(this,hi,Mr).call(this,null);return}let i=this.mediaSeekableEnd;if(!i)return;let r=O(this.shadowRoot,"#preview-rail"),a=O(this.shadowRoot,'[part~="preview-box"]'),s=ne(this,kr,Na).call(this,U(this,Ir)),n=(t.clientX-s.range.left)/s.range.width;n=Math.max(0,Math.min(1,n));let d=ne(this,yr,Fa).call(this,s,n),u=ne(this,wr,Ha).call(this,s,n);r.style.transform=`translateX(${d})`,r.style.setProperty("--_range-width",`${s.range.width}`),a.style.setProperty("--_box-shift",`${u}`),a.style.setProperty("--_box-width",`${s.box.width}px`);let S=Math.round(U(this,di))-Math.round(n*i);Math.abs(S)<1&&n>.01&&n<.99||(oe(this,di,n*i),ne(this,hi,Mr).call(this,U(this,di)))};hi=new WeakSet;Mr=function(t){this.dispatchEvent(new l.CustomEvent(h.MEDIA_PREVIEW_REQUEST,{composed:!0,bubbles:!0,detail:t}))};xa=new WeakSet;Bo=function(){U(this,We).stop();let t=Wo(this);this.dispatchEvent(new l.CustomEvent(h.MEDIA_SEEK_REQUEST,{composed:!0,bubbles:!0,detail:t}))};mi.shadowRootOptions={mode:"open"};mi.getContainerTemplateHTML=Hl;l.customElements.get("media-time-range")||l.customElements.define("media-time-range",mi);var $a=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},Ee=(t,e,i)=>($a(t,e,"read from private field"),i?i.call(t):e.get(t)),st=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Va=(t,e,i,r)=>($a(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Ve=(t,e,i)=>($a(t,e,"access private method"),i),Nt,ke,Or,Ka,Vo,Dr,Ga,pi,Lr,Rr,Ba,$e={REMAINING:"remaining",SHOW_DURATION:"showduration",NO_TOGGLE:"notoggle"},$o=[...Object.values($e),o.MEDIA_CURRENT_TIME,o.MEDIA_DURATION,o.MEDIA_SEEKABLE],Ko=["Enter"," "],Bl="&nbsp;/&nbsp;",Wa=(t,{timesSep:e=Bl}={})=>{var i,r;let a=(i=t.mediaCurrentTime)!=null?i:0,[,s]=(r=t.mediaSeekable)!=null?r:[],n=0;Number.isFinite(t.mediaDuration)?n=t.mediaDuration:Number.isFinite(s)&&(n=s);let d=t.remaining?rt(0-(n-a)):rt(a);return t.showDuration?`${d}${e}${rt(n)}`:d},Wl=t=>{var e;let i=t.mediaCurrentTime,[,r]=(e=t.mediaSeekable)!=null?e:[],a=null;if(Number.isFinite(t.mediaDuration)?a=t.mediaDuration:Number.isFinite(r)&&(a=r),i==null||a===null){t.setAttribute("aria-description",_("video not loaded, unknown time."));return}let s=t.remaining?it(0-(a-i)):it(i);if(!t.showDuration){t.setAttribute("aria-description",s);return}let n=it(a),d=_("{currentTime} of {totalTime}",{currentTime:s,totalTime:n});t.setAttribute("aria-description",d)};function $l(t,e){return`
    <slot>${Wa(e)}</slot>
  `}var Vl=t=>{t.setAttribute("aria-label",_("playback time"))},Cr=class extends se{constructor(){super(),st(this,Ka),st(this,Dr),st(this,pi),st(this,Rr),st(this,Nt,void 0),st(this,ke,null),st(this,Or,e=>{let{metaKey:i,altKey:r,key:a}=e;if(i||r||!Ko.includes(a)){this.removeEventListener("keyup",Ee(this,ke));return}this.addEventListener("keyup",Ee(this,ke))}),Va(this,Nt,this.shadowRoot.querySelector("slot")),Ee(this,Nt).innerHTML=`${Wa(this)}`}static get observedAttributes(){return[...super.observedAttributes,...$o,"disabled"]}connectedCallback(){let{style:e}=O(this.shadowRoot,":host(:hover:not([notoggle]))");e.setProperty("cursor","var(--media-cursor, pointer)"),e.setProperty("background","var(--media-control-hover-background, rgba(50 50 70 / .7))"),this.setAttribute("aria-label",_("playback time")),Ve(this,pi,Lr).call(this),super.connectedCallback()}toggleTimeDisplay(){this.noToggle||(this.hasAttribute("remaining")?this.removeAttribute("remaining"):this.setAttribute("remaining",""))}disconnectedCallback(){this.disable(),Ve(this,Dr,Ga).call(this),super.disconnectedCallback()}attributeChangedCallback(e,i,r){Vl(this),$o.includes(e)?this.update():e==="disabled"&&r!==i?r==null?Ve(this,pi,Lr).call(this):Ve(this,Rr,Ba).call(this):e===$e.NO_TOGGLE&&r!==i&&(this.noToggle?Ve(this,Rr,Ba).call(this):Ve(this,pi,Lr).call(this)),super.attributeChangedCallback(e,i,r)}enable(){this.noToggle||(this.tabIndex=0)}disable(){this.tabIndex=-1}get remaining(){return I(this,$e.REMAINING)}set remaining(e){k(this,$e.REMAINING,e)}get showDuration(){return I(this,$e.SHOW_DURATION)}set showDuration(e){k(this,$e.SHOW_DURATION,e)}get noToggle(){return I(this,$e.NO_TOGGLE)}set noToggle(e){k(this,$e.NO_TOGGLE,e)}get mediaDuration(){return C(this,o.MEDIA_DURATION)}set mediaDuration(e){N(this,o.MEDIA_DURATION,e)}get mediaCurrentTime(){return C(this,o.MEDIA_CURRENT_TIME)}set mediaCurrentTime(e){N(this,o.MEDIA_CURRENT_TIME,e)}get mediaSeekable(){let e=this.getAttribute(o.MEDIA_SEEKABLE);if(e)return e.split(":").map(i=>+i)}set mediaSeekable(e){if(e==null){this.removeAttribute(o.MEDIA_SEEKABLE);return}this.setAttribute(o.MEDIA_SEEKABLE,e.join(":"))}update(){let e=Wa(this);Wl(this),e!==Ee(this,Nt).innerHTML&&(Ee(this,Nt).innerHTML=e)}};Nt=new WeakMap;ke=new WeakMap;Or=new WeakMap;Ka=new WeakSet;Vo=function(){Ee(this,ke)||(Va(this,ke,t=>{let{key:e}=t;if(!Ko.includes(e)){this.removeEventListener("keyup",Ee(this,ke));return}this.toggleTimeDisplay()}),this.addEventListener("keydown",Ee(this,Or)),this.addEventListener("click",this.toggleTimeDisplay))};Dr=new WeakSet;Ga=function(){Ee(this,ke)&&(this.removeEventListener("keyup",Ee(this,ke)),this.removeEventListener("keydown",Ee(this,Or)),this.removeEventListener("click",this.toggleTimeDisplay),Va(this,ke,null))};pi=new WeakSet;Lr=function(){!this.noToggle&&!this.hasAttribute("disabled")&&(this.setAttribute("role","button"),this.enable(),Ve(this,Ka,Vo).call(this))};Rr=new WeakSet;Ba=function(){this.removeAttribute("role"),this.disable(),Ve(this,Dr,Ga).call(this)};Cr.getSlotTemplateHTML=$l;l.customElements.get("media-time-display")||l.customElements.define("media-time-display",Cr);var Go=`<svg aria-hidden="true" viewBox="0 0 28 24">
  <path d="M24 3H4a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h20a1 1 0 0 0 1-1V4a1 1 0 0 0-1-1Zm-1 16H5V5h18v14Zm-3-8h-7v5h7v-5Z"/>
</svg>`;function Kl(t){return`
    <style>
      :host([${o.MEDIA_IS_PIP}]) slot[name=icon] slot:not([name=exit]) {
        display: none !important;
      }

      :host(:not([${o.MEDIA_IS_PIP}])) slot[name=icon] slot:not([name=enter]) {
        display: none !important;
      }

      :host([${o.MEDIA_IS_PIP}]) slot[name=tooltip-enter],
      :host(:not([${o.MEDIA_IS_PIP}])) slot[name=tooltip-exit] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="enter">${Go}</slot>
      <slot name="exit">${Go}</slot>
    </slot>
  `}function Gl(){return`
    <slot name="tooltip-enter">${_("Enter picture in picture mode")}</slot>
    <slot name="tooltip-exit">${_("Exit picture in picture mode")}</slot>
  `}var qo=t=>{let e=t.mediaIsPip?_("exit picture in picture mode"):_("enter picture in picture mode");t.setAttribute("aria-label",e)},Ei=class extends ${static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_IS_PIP,o.MEDIA_PIP_UNAVAILABLE]}connectedCallback(){super.connectedCallback(),qo(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_IS_PIP&&qo(this)}get mediaPipUnavailable(){return D(this,o.MEDIA_PIP_UNAVAILABLE)}set mediaPipUnavailable(e){L(this,o.MEDIA_PIP_UNAVAILABLE,e)}get mediaIsPip(){return I(this,o.MEDIA_IS_PIP)}set mediaIsPip(e){k(this,o.MEDIA_IS_PIP,e)}handleClick(){let e=this.mediaIsPip?h.MEDIA_EXIT_PIP_REQUEST:h.MEDIA_ENTER_PIP_REQUEST;this.dispatchEvent(new l.CustomEvent(e,{composed:!0,bubbles:!0}))}};Ei.getSlotTemplateHTML=Kl;Ei.getTooltipContentHTML=Gl;l.customElements.get("media-pip-button")||l.customElements.define("media-pip-button",Ei);var Yo=(t,e,i)=>{if(!e.has(t))throw TypeError("Cannot "+i)},ql=(t,e,i)=>(Yo(t,e,"read from private field"),i?i.call(t):e.get(t)),Ql=(t,e,i)=>{if(e.has(t))throw TypeError("Cannot add the same private member more than once");e instanceof WeakSet?e.add(t):e.set(t,i)},Yl=(t,e,i,r)=>(Yo(t,e,"write to private field"),r?r.call(t,i):e.set(t,i),i),Ur,zl=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M16 3v2.5h3.5V9H22V3h-6ZM4 9h2.5V5.5H10V3H4v6Zm15.5 9.5H16V21h6v-6h-2.5v3.5ZM6.5 15H4v6h6v-2.5H6.5V15Z"/>
</svg>`,Xl=`<svg aria-hidden="true" viewBox="0 0 26 24">
  <path d="M18.5 6.5V3H16v6h6V6.5h-3.5ZM16 21h2.5v-3.5H22V15h-6v6ZM4 17.5h3.5V21H10v-6H4v2.5Zm3.5-11H4V9h6V3H7.5v3.5Z"/>
</svg>`;function Zl(t){return`
    <style>
      :host([${o.MEDIA_IS_FULLSCREEN}]) slot[name=icon] slot:not([name=exit]) {
        display: none !important;
      }

      
      :host(:not([${o.MEDIA_IS_FULLSCREEN}])) slot[name=icon] slot:not([name=enter]) {
        display: none !important;
      }

      :host([${o.MEDIA_IS_FULLSCREEN}]) slot[name=tooltip-enter],
      :host(:not([${o.MEDIA_IS_FULLSCREEN}])) slot[name=tooltip-exit] {
        display: none;
      }
    </style>

    <slot name="icon">
      <slot name="enter">${zl}</slot>
      <slot name="exit">${Xl}</slot>
    </slot>
  `}function Jl(){return`
    <slot name="tooltip-enter">${_("Enter fullscreen mode")}</slot>
    <slot name="tooltip-exit">${_("Exit fullscreen mode")}</slot>
  `}var Qo=t=>{let e=t.mediaIsFullscreen?_("exit fullscreen mode"):_("enter fullscreen mode");t.setAttribute("aria-label",e)},vi=class extends ${constructor(){super(...arguments),Ql(this,Ur,null)}static get observedAttributes(){return[...super.observedAttributes,o.MEDIA_IS_FULLSCREEN,o.MEDIA_FULLSCREEN_UNAVAILABLE]}connectedCallback(){super.connectedCallback(),Qo(this)}attributeChangedCallback(e,i,r){super.attributeChangedCallback(e,i,r),e===o.MEDIA_IS_FULLSCREEN&&Qo(this)}get mediaFullscreenUnavailable(){return D(this,o.MEDIA_FULLSCREEN_UNAVAILABLE)}set mediaFullscreenUnavailable(e){L(this,o.MEDIA_FULLSCREEN_UNAVAILABLE,e)}get mediaIsFullscreen(){return I(this,o.MEDIA_IS_FULLSCREEN)}set mediaIsFullscreen(e){k(this,o.MEDIA_IS_FULLSCREEN,e)}handleClick(e){Yl(this,Ur,e);let i=ql(this,Ur)instanceof PointerEvent,r=this.mediaIsFullscreen?new l.CustomEvent(h.MEDIA_EXIT_FULLSCREEN_REQUEST,{composed:!0,bubbles:!0}):new l.CustomEvent(h.MEDIA_ENTER_FULLSCREEN_REQUEST,{composed:!0,bubbles:!0,detail:i});this.dispatchEvent(r)}};Ur=new WeakMap;vi.getSlotTemplateHTML=Zl;vi.getTooltipContentHTML=Jl;l.customElements.get("media-fullscreen-button")||l.customElements.define("media-fullscreen-button",vi);export{hn as addTranslation};
